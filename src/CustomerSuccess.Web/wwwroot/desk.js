// The desk: Ctrl+Enter sends the form in which one writes; the caret goes where one writes on; a clock runs without asking the server.
(() => {
  document.addEventListener('keydown', e => {
    if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.isComposing || !(e.target instanceof HTMLElement)) return;
    const form = e.target.closest('form[data-draft]');
    if (!form || !('value' in e.target)) return;
    e.preventDefault();
    // what was typed last is told before the form goes
    e.target.dispatchEvent(new Event('change', { bubbles: true }));
    form.requestSubmit();
  });

  const clocks = new Map();
  const two = n => String(n).padStart(2, '0');
  const draw = clock => {
    const seconds = Math.floor((clock.stopped ?? Date.now()) / 1000 - clock.from / 1000);
    clock.element.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  };
  setInterval(() => {
    for (const [id, clock] of clocks) {
      if (!clock.element.isConnected) { clocks.delete(id); continue; }
      if (clock.stopped === undefined) draw(clock);
    }
  }, 1000);

  window.desk = {
    write(id) {
      const field = document.getElementById(id);
      if (!field) return;
      field.focus();
      field.selectionStart = field.selectionEnd = field.value.length;
    },
    // where one starts to write, unless the reader is somewhere already
    begin(id) {
      const at = document.activeElement;
      if (!at || at === document.body || at.localName === 'h1') this.write(id);
    },
    clock(id, seconds) {
      const element = document.getElementById(id);
      if (!element) return;
      const clock = { element, from: Date.now() - seconds * 1000, stopped: undefined };
      clocks.set(id, clock);
      draw(clock);
    },
    stop(id) {
      const clock = clocks.get(id);
      if (clock) { clock.stopped = Date.now(); draw(clock); }
    },
    async copy(text) {
      try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
    },
  };
})();
