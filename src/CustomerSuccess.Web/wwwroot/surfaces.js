// Menus, definitions and choosers are the browser's own popovers; this puts them beside what opened them, moves
// through menus by arrow, and opens and closes dialogs (the browser's own, with the focus kept inside).
(() => {
  const gap = 4;
  let opener = null;
  document.addEventListener('click', e => { const button = e.target instanceof Element ? e.target.closest('[popovertarget]') : null; if (button) opener = button; }, true);

  function place(surface) {
    const from = document.activeElement?.getAttribute?.('popovertarget') === surface.id ? document.activeElement
      : opener?.getAttribute('popovertarget') === surface.id && opener.isConnected ? opener
      : document.querySelector(`[popovertarget="${CSS.escape(surface.id)}"]`);
    if (!from) return;
    const at = from.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = surface;
    const left = surface.dataset.align === 'end' ? at.right - width : at.left;
    const below = at.bottom + gap + height <= innerHeight || at.top < innerHeight - at.bottom;
    surface.style.position = 'fixed';
    surface.style.margin = '0';
    surface.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    surface.style.top = below ? `${Math.min(at.bottom + gap, Math.max(8, innerHeight - height - 8))}px` : `${Math.max(8, at.top - gap - height)}px`;
  }

  const items = menu => [...menu.querySelectorAll('[role="menuitem"]:not([disabled]), [role="menuitemradio"]:not([disabled])')];
  document.addEventListener('toggle', e => {
    const surface = e.target;
    if (!(surface instanceof Element) || !surface.matches('[popover].surface')) return;
    document.querySelector(`[popovertarget="${CSS.escape(surface.id)}"]`)?.setAttribute('aria-expanded', e.newState === 'open');
    if (e.newState !== 'open') return;
    place(surface);
    (surface.querySelector('[autofocus]') ?? (surface.matches('[role="menu"]') ? items(surface)[0] : null))?.focus();
  }, true);
  // nothing may hang in the air while the page moves under it
  document.addEventListener('scroll', e => { for (const surface of document.querySelectorAll('[popover].surface:popover-open')) if (!surface.contains(e.target)) place(surface); }, true);

  document.addEventListener('keydown', e => {
    const menu = e.target instanceof Element ? e.target.closest('[role="menu"]') : null;
    if (!menu) return;
    const all = items(menu);
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + (at <= 0 ? all.length : 0), Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined || all.length === 0) return;
    e.preventDefault();
    all[to % all.length].focus();
  });
  document.addEventListener('click', e => {
    const item = e.target instanceof Element ? e.target.closest('[role="menuitem"], [role="menuitemradio"]') : null;
    item?.closest('[popover]')?.hidePopover();
  });

  // dialogs: a click beside it and Escape ask to close; the component decides
  document.addEventListener('cancel', e => { if (e.target instanceof HTMLDialogElement && e.target.dataset.dialog !== undefined) { e.preventDefault(); ask(e.target); } }, true);
  document.addEventListener('click', e => {
    const dialog = e.target;
    if (!(dialog instanceof HTMLDialogElement) || dialog.dataset.light === undefined) return;
    const box = dialog.getBoundingClientRect();
    if (e.clientX < box.left || e.clientX > box.right || e.clientY < box.top || e.clientY > box.bottom) ask(dialog);
  });
  const ask = dialog => dialog.querySelector('[data-dialog-close]')?.click();

  const returns = new Map();
  window.surfaces = {
    open(id) {
      const dialog = document.getElementById(id);
      if (!dialog || dialog.open) return;
      returns.set(id, document.activeElement);
      dialog.showModal();
      (dialog.querySelector('[autofocus]') ?? dialog.querySelector('input:not([type="hidden"]), textarea, select') ?? dialog.querySelector('h2'))?.focus();
    },
    // the dialog has been taken away, and the focus with it: it goes back to where it came from, unless the reader has already moved on
    closed(id) {
      const back = returns.get(id);
      returns.delete(id);
      if (back?.isConnected && (document.activeElement ?? document.body) === document.body) back.focus();
    },
    hide: id => document.getElementById(id)?.hidePopover?.(),
  };
})();
