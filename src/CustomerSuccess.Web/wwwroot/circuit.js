// The live connection, with patience: a busy machine, a sleeping laptop or a night are no reason to lose a page.
// While it is away a banner says so, and reading and typing go on. It comes back by itself: the same circuit where the
// server still has it, else the page is drawn anew at the same address, with drafts filled in again, and says so.
(() => {
  const banner = document.getElementById('components-reconnect-modal');
  const pause = 10000;
  let waiting = 0;
  let trying = false;

  // that something was typed, dictated or pasted, without sending it (see TypingWatch)
  Blazor.registerCustomEventType('typed', { browserEventName: 'input', createEventArgs: () => ({}) });

  const patient = { circuit: { configureSignalR: builder => builder.withServerTimeout(90000).withKeepAliveInterval(15000) } };
  Blazor.start(patient);

  function told() {
    const notice = document.getElementById('circuit-notice');
    if (!notice) return;
    notice.hidden = false;
    setTimeout(() => { notice.hidden = true; }, 8000);
  }

  function anew() {
    window.keep.tab.set('renewed', '1');
    location.reload();
  }

  // true: the page lives again; false: the server answered, but has forgotten; an error: no server in reach
  async function comeBack() {
    if (trying) return;
    trying = true;
    clearTimeout(waiting);
    try {
      // a circuit that was put to sleep cannot be reconnected to, only woken
      const asleep = banner?.dataset.state === 'paused';
      if (!asleep && await Blazor.reconnect()) return;
      if (await Blazor.resumeCircuit?.()) { banner.className = ''; told(); return; }
      anew();
    } catch {
      waiting = setTimeout(comeBack, pause);
    } finally {
      trying = false;
    }
  }

  banner?.addEventListener('components-reconnect-state-changed', e => {
    const state = e.detail?.state;
    banner.dataset.state = state ?? '';
    if (state === 'hide') clearTimeout(waiting);
    else if (state === 'failed') waiting = setTimeout(comeBack, pause);
    else if (state === 'paused') waiting = setTimeout(comeBack, 2000); // once the server has put it away: asked before, it knows of nothing to wake
    else if (state === 'rejected' || state === 'resume-failed') anew();
  });
  const isAway = () => /components-reconnect-(failed|rejected|paused|resume-failed)/.test(banner?.className ?? '');
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible' && isAway()) comeBack(); });
  addEventListener('online', () => { if (isAway()) comeBack(); });
  document.addEventListener('click', e => { if (e.target instanceof Element && e.target.closest('[data-come-back]')) comeBack(); });

  if (window.keep.tab.get('renewed')) { window.keep.tab.set('renewed', null); told(); }
})();
