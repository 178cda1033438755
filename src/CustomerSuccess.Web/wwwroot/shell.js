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

  // groups of the navigation that the reader has folded stay so
  document.addEventListener('toggle', e => {
    if (!(e.target instanceof HTMLDetailsElement) || !e.target.dataset.paneGroup) return;
    const folded = new Set((window.keep.get('pane') ?? '').split(',').filter(Boolean));
    if (e.target.open) folded.delete(e.target.dataset.paneGroup); else folded.add(e.target.dataset.paneGroup);
    window.keep.set('pane', [...folded].join(','));
  }, true);
  const foldGroups = () => {
    const folded = (window.keep.get('pane') ?? '').split(',');
    for (const group of document.querySelectorAll('details[data-pane-group]')) if (!group.seen) { group.seen = true; if (folded.includes(group.dataset.paneGroup)) group.open = false; }
  };
  new MutationObserver(foldGroups).observe(document, { childList: true, subtree: true });

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
  document.addEventListener('keydown', e => { if (e.key === 'Escape') open(false); });
  // which section of a long page is read now
  const markSection = () => {
    for (const nav of document.querySelectorAll('[data-section-nav]')) {
      const links = [...nav.querySelectorAll('[data-section]')];
      const passed = links.filter(link => document.getElementById(link.dataset.section)?.getBoundingClientRect().top < 140);
      const bottom = scrollY + innerHeight >= document.documentElement.scrollHeight - 4 && scrollY > 0;
      const here = bottom ? links.at(-1) : passed.at(-1) ?? links[0];
      for (const link of links) link.toggleAttribute('data-here', link === here);
    }
  };
  let marking = false;
  const markSoon = () => { if (!marking) { marking = true; requestAnimationFrame(() => { marking = false; markSection(); }); } };
  addEventListener('scroll', markSoon, { passive: true });
  new MutationObserver(markSoon).observe(document, { childList: true, subtree: true });
  document.addEventListener('click', e => {
    if (e.target instanceof Element && e.target.closest('#blazor-error-ui .reload')) { e.preventDefault(); location.reload(); }
  });
})();
