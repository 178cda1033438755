// A field over a list of choices: arrows move, Enter takes, Escape closes, without asking the server.
(() => {
  const box = e => e.target instanceof Element ? e.target.closest('[data-combo]') : null;
  const choices = combo => [...combo.querySelectorAll('[role="option"]:not([aria-disabled="true"])')];
  function mark(combo, option) {
    for (const other of combo.querySelectorAll('[data-active]')) if (other !== option) other.removeAttribute('data-active');
    const input = combo.querySelector('[role="combobox"]');
    if (!option) { input?.removeAttribute('aria-activedescendant'); return; }
    if (!option.hasAttribute('data-active')) option.setAttribute('data-active', '');
    if (option.id) input?.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }
  document.addEventListener('keydown', e => {
    const combo = box(e);
    if (!combo || e.isComposing || !e.target.matches('[role="combobox"]')) return;
    const all = choices(combo);
    const at = all.findIndex(option => option.hasAttribute('data-active'));
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      if (all.length === 0) return;
      e.preventDefault();
      mark(combo, all[(at + (e.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]);
    } else if (e.key === 'Enter' && at >= 0) {
      e.preventDefault();
      all[at].click();
    } else if (e.key === 'Escape' && e.target.getAttribute('aria-expanded') === 'true' && !combo.closest('[data-command]')) {
      e.preventDefault();
      e.stopPropagation();
      e.target.blur();
      e.target.focus();
    }
  }, true);
  // the first choice is taken by Enter unless another is moved to
  const look = () => {
    for (const combo of document.querySelectorAll('[data-combo]')) {
      const all = choices(combo);
      const words = all.map(option => option.textContent).join('\u0001');
      if (combo.seen === words) continue;
      combo.seen = words;
      mark(combo, document.activeElement && combo.contains(document.activeElement) ? all[0] : null);
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
})();
