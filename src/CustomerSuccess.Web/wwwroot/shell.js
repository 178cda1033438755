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

  // groups of the navigation stay as the reader has folded or opened them; the rest are folded where they do not all fit, but for the first and the one of the page
  const wished = () => new Map((window.keep.get('pane') ?? '').split(',').filter(Boolean).map(one => one.split(':')));
  document.addEventListener('click', e => {
    const group = e.target instanceof Element ? e.target.closest('summary')?.closest('details[data-pane-group]') : null;
    if (!group) return;
    const wishes = wished();
    wishes.set(group.dataset.paneGroup, group.open ? '0' : '1');
    window.keep.set('pane', [...wishes].map(one => one.join(':')).join(','));
  });
  const allFit = nav => innerHeight >= 240 + nav.querySelectorAll('.pane-link').length * 32 + nav.querySelectorAll('summary').length * 36;
  const foldGroups = () => {
    const nav = document.querySelector('[data-pane-current], .pane-links');
    if (!nav) return;
    const current = nav.dataset.paneCurrent ?? '';
    const groups = [...nav.querySelectorAll('details[data-pane-group]')];
    if (nav.foldedFor === current && nav.foldedOf === groups.length) return;
    [nav.foldedFor, nav.foldedOf] = [current, groups.length];
    const [wishes, fit] = [wished(), allFit(nav)];
    for (const [i, group] of groups.entries()) {
      const key = group.dataset.paneGroup;
      if (key === current) group.open = true;
      else if (!group.seen) group.open = wishes.has(key) ? wishes.get(key) === '1' : fit || i === 0;
      group.seen = true;
    }
  };
  new MutationObserver(foldGroups).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-pane-current'] });

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
