// What is typed into a form with a draft's name is kept in the tab, on every letter and without asking the server:
// it outlives a lost connection, a reload and a night. When the form is drawn anew it is filled in again, with a notice.
(() => {
  const root = document.documentElement;
  const fields = form => [...form.elements].filter(e => e.name && !['file', 'password', 'submit', 'button'].includes(e.type));
  const isCheck = e => e.type === 'checkbox' || e.type === 'radio';
  const read = e => isCheck(e) ? e.checked : e.value;
  const slot = form => `draft.${form.dataset.draft}`;
  const found = form => { try { return JSON.parse(window.keep.tab.get(slot(form)) ?? 'null'); } catch { return null; } };
  let filling = false;

  function write(element, value) {
    if (isCheck(element)) { if (element.checked === value) return; element.checked = value; }
    else { if (element.value === value) return; element.value = value; }
    filling = true;
    try { element.dispatchEvent(new Event('input', { bubbles: true })); element.dispatchEvent(new Event('change', { bubbles: true })); }
    finally { filling = false; }
  }

  const keepAll = form => window.keep.tab.set(slot(form), JSON.stringify(Object.fromEntries(fields(form).map(e => [e.type === 'radio' ? `${e.name}=${e.value}` : e.name, read(e)]))));
  const note = e => {
    const form = e.target instanceof Element ? e.target.closest('form[data-draft]') : null;
    if (form && !filling && root.dataset.circuit === 'live') keepAll(form);
  };
  document.addEventListener('input', note, true);
  document.addEventListener('change', note, true);

  const known = new WeakMap();
  function restore(form) {
    if (known.get(form) === form.dataset.draft) return;
    known.set(form, form.dataset.draft);
    const draft = found(form);
    if (!draft) return;
    const before = new Map();
    for (const element of fields(form)) {
      const value = draft[element.type === 'radio' ? `${element.name}=${element.value}` : element.name];
      if (value === undefined || value === read(element)) continue;
      before.set(element.name, read(element));
      write(element, value);
    }
    if (before.size === 0) { window.keep.tab.set(slot(form), null); return; }
    form.draftBefore = before;
    const notice = form.querySelector('[data-draft-notice]');
    if (notice) notice.hidden = false;
  }

  document.addEventListener('click', e => {
    const drop = e.target instanceof Element ? e.target.closest('[data-draft-drop]') : null;
    const form = drop?.closest('form[data-draft]');
    if (!form) return;
    for (const element of fields(form)) if (form.draftBefore?.has(element.name)) write(element, form.draftBefore.get(element.name));
    window.drafts.clear(form.dataset.draft);
  });

  const look = () => { if (root.dataset.circuit === 'live') for (const form of document.querySelectorAll('form[data-draft]')) restore(form); };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-draft', 'data-circuit'] });

  window.drafts = {
    clear(key) {
      window.keep.tab.set(`draft.${key}`, null);
      for (const notice of document.querySelectorAll(`form[data-draft="${CSS.escape(key)}"] [data-draft-notice]`)) notice.hidden = true;
    },

    // a form that was sent and not saved: what is wrong may stand far above the button
    showProblem(key) {
      const form = document.querySelector(`form[data-draft="${CSS.escape(key)}"]`);
      const wrong = form?.querySelector('[data-conflict], [data-invalid]');
      const held = document.activeElement;
      if (!wrong || (held && held !== document.body && !form.contains(held))) return;
      const control = wrong.querySelector('input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled)');
      wrong.scrollIntoView({ block: 'nearest' });
      control?.focus();
    },
  };
})();
