// Names of colleagues while a note is written: after an @ the list narrows with every letter; arrows move, Enter or a click takes, Escape closes.
(() => {
  const field = e => e.target instanceof Element ? e.target.closest('[data-mentions]') : null;
  const fold = text => text.normalize('NFKC').toLowerCase();
  const asked = area => /(?:^|[^A-Za-z0-9._%+\-@])@([^\s@]{0,40})$/u.exec(area.value.slice(0, area.selectionStart));
  const list = box => box.querySelector('[role="listbox"]');
  const shown = box => [...list(box).children].filter(name => !name.hidden);
  function mark(box, name) {
    for (const other of list(box).children) other.toggleAttribute('data-active', other === name);
    name?.scrollIntoView({ block: 'nearest' });
  }
  function look(box) {
    const area = box.querySelector('textarea');
    const word = document.activeElement === area && asked(area);
    let open = false;
    if (word) {
      const typed = fold(word[1]);
      for (const name of list(box).children) {
        name.hidden = !fold(name.textContent).includes(typed);
        open ||= !name.hidden;
      }
    }
    list(box).hidden = !open;
    mark(box, open ? shown(box)[0] : null);
  }
  function take(box, name) {
    const area = box.querySelector('textarea');
    const word = asked(area);
    if (!word) return;
    const from = area.selectionStart - word[1].length;
    area.setRangeText(name.dataset.name + ' ', from, area.selectionStart, 'end');
    list(box).hidden = true;
    area.focus();
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.dispatchEvent(new Event('change', { bubbles: true }));
  }
  document.addEventListener('input', e => { const box = field(e); if (box) look(box); });
  document.addEventListener('focusout', e => { const box = field(e); if (box) setTimeout(() => { if (!box.contains(document.activeElement)) list(box).hidden = true; }, 150); });
  document.addEventListener('mousedown', e => {
    const box = field(e);
    const name = box && e.target.closest('[data-name]');
    if (!name) return;
    e.preventDefault();
    take(box, name);
  });
  document.addEventListener('keydown', e => {
    const box = field(e);
    if (!box || e.isComposing || list(box).hidden) return;
    const names = shown(box);
    const at = names.findIndex(name => name.hasAttribute('data-active'));
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      mark(box, names[(at + (e.key === 'ArrowDown' ? 1 : -1) + names.length) % names.length]);
    } else if ((e.key === 'Enter' || e.key === 'Tab') && at >= 0) {
      e.preventDefault();
      e.stopPropagation();
      take(box, names[at]);
    } else if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      list(box).hidden = true;
    }
  }, true);
})();
