// What the page does without the server: remembers appearance, folds and opens the navigation.
(() => {
  const root = document.documentElement;
  const year = 60 * 60 * 24 * 365;
  const cookie = name => document.cookie.split('; ').find(c => c.startsWith(name + '='))?.split('=')[1];
  const remember = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax`; };

  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  if (cookie('cs.system-theme') !== system) remember('cs.system-theme', system);
  if (!cookie('cs.theme')) root.dataset.theme = system;
  if (cookie('cs.fold') === '1') root.dataset.fold = '1';

  window.shell = {
    // the circuit has drawn the page
    interactive: () => window.earlyActs?.start(),
    setTheme(theme) {
      remember('cs.theme', theme);
      root.dataset.theme = theme;
    },
    // keeps the browser's own state of the entry: only what the address says changes
    replaceAddress: address => history.replaceState(history.state, '', address),
  };

  const open = yes => {
    if (yes) root.dataset.pane = 'open'; else delete root.dataset.pane;
  };
  // a link that notes in the address where it was followed from, before it is followed
  document.addEventListener('click', e => {
    const link = e.target instanceof Element ? e.target.closest('a[data-here]') : null;
    if (link && e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !e.altKey) window.shell.replaceAddress(link.dataset.here);
  }, true);
  document.addEventListener('click', e => {
    const target = e.target instanceof Element ? e.target : null;
    if (target?.closest('[data-shell-fold]')) {
      const fold = root.dataset.fold !== '1';
      if (fold) root.dataset.fold = '1'; else delete root.dataset.fold;
      remember('cs.fold', fold ? '1' : '0');
    } else if (target?.closest('[data-shell-open]')) {
      open(true);
      document.querySelector('.pane a')?.focus();
    } else if (target?.closest('[data-shell-close]')) {
      open(false);
    }
  });
  document.addEventListener('keydown', e => {
    if (e.key === 'Escape') open(false);
    const typing = e.target instanceof Element && e.target.closest('input, textarea, select, [contenteditable]');
    if (e.key === '/' && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const search = document.querySelector('[data-search] input, input[data-search]');
      if (search) { e.preventDefault(); search.focus(); }
    }
  });
  document.addEventListener('click', e => {
    if (e.target instanceof Element && e.target.closest('#blazor-error-ui .reload, #components-reconnect-modal .reload')) { e.preventDefault(); location.reload(); }
  });
})();
