// Keys of the whole application: Ctrl+K opens the command menu, ? the list of keys, / the page's search, g and a letter
// a page, any other single key the button, link or field of the page that carries it in data-shortcut.
(() => {
  const field = 'input:not([type="checkbox"]), textarea, select';
  const typing = e => e.target instanceof Element && e.target.closest(`${field}, [contenteditable]`);
  const seen = element => element && element.offsetParent !== null && !element.disabled;
  const press = selector => { const element = document.querySelector(selector); if (element && !element.disabled) { element.click(); return true; } return false; };
  let gone = 0;

  document.addEventListener('keydown', e => {
    if (e.isComposing || e.repeat) return;
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.key.toLowerCase() === 'k') { e.preventDefault(); press('[data-command-open]'); return; }
    if (e.defaultPrevented || typing(e) || e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    if (gone && e.key.length === 1) {
      clearTimeout(gone);
      gone = 0;
      if (press(`[data-go="${CSS.escape(e.key)}"]`)) { e.preventDefault(); return; }
    }
    if (e.key === 'g') { gone = setTimeout(() => { gone = 0; }, 1200); return; }
    if (e.key === '?') { if (press('[data-shortcuts-open]')) e.preventDefault(); return; }
    if (e.key === '/') {
      const search = document.querySelector('main [data-search] input, main input[data-search]');
      if (search) { e.preventDefault(); search.focus(); search.select(); }
      return;
    }
    if (e.key.length !== 1) return;
    const wanted = (e.shiftKey && e.key !== e.key.toLowerCase() ? 'Shift ' : '') + e.key.toLowerCase();
    const carrier = [...document.querySelectorAll(`main [data-shortcut="${CSS.escape(wanted)}"]`)].find(seen);
    if (carrier) { e.preventDefault(); if (carrier.matches(field)) carrier.focus(); else carrier.click(); }
  });
})();
