// What a reader chooses, types or presses between the server's first picture of a page and the start of its
// circuit would be lost: the circuit draws every element anew. This keeps such acts and repeats them, in their
// order, on the elements that stand for the same thing afterwards. An act whose element does not come back within
// a few seconds, or on which the reader has acted again, is dropped.
(() => {
  const patience = 8000;
  const root = document.documentElement;
  if (root.dataset.circuit !== 'starting') return; // a page without a circuit posts its forms as they are

  const controls = 'button, [role="button"], [role="tab"], [role="option"], [role="row"], tr[tabindex]';
  const acts = [];
  let ready = false;
  let repeating = false;
  let focus = null;

  // ids that a library makes up differ from drawing to drawing
  const isLasting = id => id && !/[0-9a-f]{8}/i.test(id);
  const words = element => element.textContent.trim().replace(/\s+/g, ' ').slice(0, 120);
  const naming = ['name', 'type', 'data-act', 'data-filter', 'data-key', 'data-tab', 'aria-label'];
  const parents = '[id], [data-part], [data-key], [data-touch], [data-play]';

  /** What an element stands for, whichever drawing it belongs to. */
  function sign(element) {
    const parts = [element.localName, isLasting(element.id) ? element.id : ''];
    for (const name of naming) parts.push(element.getAttribute(name) ?? '');
    if (!element.matches('input, select, textarea, details')) parts.push(words(element));
    for (let up = element.parentElement?.closest(parents); up; up = up.parentElement?.closest(parents)) {
      parts.push(isLasting(up.id) ? up.id : '', up.dataset.part ?? '', up.dataset.key ?? '', up.dataset.touch ?? '', up.dataset.play ?? '');
    }
    return parts.join('\u0001');
  }

  const alike = (name, signed) => [...document.getElementsByTagName(name)].filter(e => sign(e) === signed);

  function keep(element, kind, value) {
    const signed = sign(element);
    const same = alike(element.localName, signed);
    const act = { kind, value, name: element.localName, signed, at: same.indexOf(element), of: same.length };
    const last = acts.findLastIndex(a => a.signed === signed && a.at === act.at && a.kind === kind);
    // typing goes on in one act; the same switch twice is two
    if (last >= 0 && kind === 'value') acts.splice(last, 1);
    acts.push(act);
  }

  const find = act => {
    const same = alike(act.name, act.signed);
    return same.length === act.of ? same[act.at] : null;
  };

  const isAble = (element, act) => element && !element.disabled &&
    (act.name !== 'select' || [...element.options].some(option => act.value.includes(option.value)));

  const tell = (element, type) => element.dispatchEvent(new Event(type, { bubbles: true }));

  function repeat(element, act) {
    switch (act.kind) {
      case 'checked':
        if (element.checked === act.value) return;
        element.checked = act.value;
        tell(element, 'input');
        tell(element, 'change');
        break;
      case 'value':
        if (element.localName === 'select') for (const option of element.options) option.selected = act.value.includes(option.value);
        else element.value = act.value;
        tell(element, 'input');
        tell(element, 'change');
        break;
      case 'open':
        element.open = act.value;
        break;
      default:
        element.click();
    }
  }

  const within = e => !repeating && e.target instanceof Element && e.target.closest('main, .pane, [data-early]') ? e.target : null;

  /** The reader's later act on the same thing stands. */
  const overtake = element => {
    const at = acts.findIndex(act => find(act) === element);
    if (at >= 0) acts.splice(at, 1);
  };

  function noteValue(e) {
    const element = within(e);
    if (!element?.matches('input, select, textarea') || element.type === 'file' || element.type === 'password') return;
    if (ready) { overtake(element); return; }
    if (element.type === 'checkbox' || element.type === 'radio') { if (e.type === 'change') keep(element, 'checked', element.checked); }
    else keep(element, 'value', element.localName === 'select' ? [...element.selectedOptions].map(option => option.value) : element.value);
  }

  function noteClick(e) {
    const element = within(e)?.closest(controls + ', a[href], input, select, textarea, label, summary');
    if (!element?.matches(controls)) return;
    // what the page does without the server has been done already
    if (element.matches('[data-shell-fold], [data-shell-open], [data-shell-close], [data-own-click]') || (element.type === 'submit' && element.form?.hasAttribute('action'))) return;
    if (ready) overtake(element); else keep(element, 'click', null);
  }

  function noteOpen(e) {
    const element = e.target;
    if (ready || !(element instanceof HTMLDetailsElement) || !element.closest('main')) return;
    keep(element, 'open', element.open);
  }

  function noteFocus() {
    if (ready) return;
    const element = document.activeElement;
    if (!element?.matches('input, select, textarea, button, a[href], summary, [tabindex="0"]') || !element.closest('main, .pane')) return;
    focus = { name: element.localName, signed: sign(element), from: element.selectionStart, to: element.selectionEnd };
  }

  const listeners = [['input', noteValue], ['change', noteValue], ['click', noteClick], ['toggle', noteOpen], ['focusin', noteFocus], ['keyup', noteFocus]];
  for (const [type, listener] of listeners) document.addEventListener(type, listener, true);

  function refocus() {
    if (!focus || (document.activeElement && document.activeElement !== document.body && document.activeElement.localName !== 'h1')) return;
    const [element] = alike(focus.name, focus.signed);
    if (!element) return;
    element.focus({ preventScroll: true });
    try { if (focus.from !== null && focus.from !== undefined) element.setSelectionRange(focus.from, focus.to); } catch { /* a kind of input without a caret */ }
  }

  function start() {
    if (ready) return;
    ready = true;
    root.dataset.circuit = 'live';
    const until = performance.now() + patience;
    const watcher = new MutationObserver(() => step());
    const end = () => {
      watcher.disconnect();
      for (const [type, listener] of listeners) document.removeEventListener(type, listener, true);
    };
    function step() {
      while (acts.length > 0) {
        const element = find(acts[0]);
        if (!isAble(element, acts[0])) break;
        repeating = true;
        try { repeat(element, acts.shift()); } finally { repeating = false; }
      }
      if (acts.length === 0 || performance.now() > until) end();
    }
    watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'aria-label', 'data-key'] });
    setTimeout(() => { acts.length = 0; end(); }, patience);
    step();
    refocus();
    // the page's heading takes the focus when its circuit starts; a reader who is typing keeps it
    const keepFocus = e => { if (e.target.localName === 'h1') refocus(); };
    document.addEventListener('focusin', keepFocus);
    setTimeout(() => document.removeEventListener('focusin', keepFocus), 2000);
  }

  window.earlyActs = { start };
})();
