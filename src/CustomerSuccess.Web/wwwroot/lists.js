// Long lists by mouse and keyboard, without asking the server: j and k go from row to row, Enter opens, Space selects,
// a letter presses the row's button that carries it. The list takes the height that the window leaves.
(() => {
  const typing = e => e.target instanceof Element && e.target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]');
  const behind = list => document.querySelector('dialog[open]') && !list.closest('dialog[open]');
  const listAt = () => document.activeElement?.closest('[data-list]') ?? document.querySelector('main [data-list]');
  const rowsOf = list => [...list.querySelectorAll('tr[data-index]')];

  function focusRow(row) {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    row.closest('[data-list]').dataset.at = row.dataset.index;
  }

  // rows that are not drawn yet come once the list is seen: on a phone it may begin below the screen; a reader who goes elsewhere meanwhile is not called back
  function come(find, tries) {
    const from = document.activeElement;
    const isElsewhere = () => { const at = document.activeElement; return at && at !== from && at !== document.body && at.localName !== 'h1'; };
    const wait = () => { const late = find(); if (isElsewhere()) return; if (late) focusRow(late); else if (--tries > 0) setTimeout(wait, 50); };
    wait();
  }

  function go(list, step) {
    const scroll = list.querySelector('[data-list-scroll]');
    const now = document.activeElement?.closest('tr[data-index]');
    const rows = rowsOf(list);
    if (rows.length === 0) {
      if (list.dataset.total === '0') return;
      list.scrollIntoView({ block: 'start' });
      come(() => rowsOf(list)[0], 1200);
      return;
    }
    const kept = list.dataset.at === undefined ? null : rows.find(row => row.dataset.index === list.dataset.at);
    if (!now) { focusRow(kept ?? list.querySelector('tr.selected') ?? rows[0]); return; }
    const wanted = Number(now.dataset.index) + step;
    const find = () => list.querySelector(`tr[data-index="${wanted}"]`);
    const row = find();
    if (row) { focusRow(row); return; }
    // the row is not drawn yet: scroll towards it, it comes
    scroll.scrollTop += step * now.offsetHeight;
    come(find, 20);
  }

  const open = (row, apart) => {
    const opener = row.querySelector('[data-row-open]');
    if (!opener) return;
    if (apart && opener.href) window.open(opener.href, '_blank', 'noopener'); else opener.click();
  };

  const pick = (row, range) => row.querySelector('.list-select input')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey: range }));

  document.addEventListener('keydown', e => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const list = listAt();
    if (!list || behind(list) || e.target.closest?.('[popover], [role="menu"]')) return;
    const row = document.activeElement?.closest('tr[data-index]');
    const within = document.activeElement?.closest('[data-list]') === list;
    const onRow = row === document.activeElement;
    let taken = true;
    if (e.key === 'j' || (within && e.key === 'ArrowDown')) go(list, 1);
    else if (e.key === 'k' || (within && e.key === 'ArrowUp')) go(list, -1);
    else if (e.key === 'Enter' && onRow) open(row, false);
    else if ((e.key === ' ' || e.key.toLowerCase() === 'x') && onRow) pick(row, e.shiftKey);
    else if (row && e.key.length === 1 && !e.shiftKey) {
      const button = row.querySelector(`[data-row-key="${CSS.escape(e.key)}"]`);
      if (button) button.click(); else taken = false;
    } else taken = false;
    if (taken) e.preventDefault();
  });

  document.addEventListener('click', e => {
    const row = e.target instanceof Element ? e.target.closest('[data-list] tr[data-index]') : null;
    if (!row || e.defaultPrevented || e.target.closest('a, button, input, label, select, textarea, summary, [popover]')) return;
    if (getSelection()?.type === 'Range') return;
    if (e.shiftKey) { pick(row, true); return; }
    open(row, e.ctrlKey || e.metaKey);
  });
  document.addEventListener('auxclick', e => {
    const row = e.button === 1 && e.target instanceof Element && !e.target.closest('a, button') ? e.target.closest('[data-list] tr[data-index]') : null;
    if (row) open(row, true);
  });
  document.addEventListener('focusin', e => {
    const row = e.target instanceof Element ? e.target.closest('[data-list] tr[data-index]') : null;
    if (row) row.closest('[data-list]').dataset.at = row.dataset.index;
  });

  // height to the window's lower edge
  const fit = () => {
    for (const scroll of document.querySelectorAll('[data-list-scroll][data-fill]')) {
      const top = Math.round(scroll.getBoundingClientRect().top + scrollY);
      const room = Math.max(320, innerHeight - top - 25);
      if (scroll.style.maxHeight !== `${room}px`) scroll.style.maxHeight = `${room}px`;
    }
  };
  let asked = false;
  const soon = () => { if (!asked) { asked = true; requestAnimationFrame(() => { asked = false; fit(); }); } };
  new MutationObserver(soon).observe(document, { childList: true, subtree: true });
  addEventListener('resize', soon);

  window.lists = {
    top(id) {
      const list = document.querySelector(`[data-list="${CSS.escape(id)}"]`);
      if (!list) return;
      delete list.dataset.at;
      list.querySelector('[data-list-scroll]')?.scrollTo({ top: 0 });
    },
  };
})();
