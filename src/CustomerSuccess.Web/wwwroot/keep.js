// What a reader's browser remembers: for good (localStorage) by reader, or for the life of the tab (sessionStorage).
(() => {
  const name = key => `cs.${document.documentElement.dataset.viewer ?? ''}.${key}`;
  const safely = (act, fallback) => { try { return act(); } catch { return fallback; } };
  window.keep = {
    get: key => safely(() => localStorage.getItem(name(key)), null),
    set: (key, value) => safely(() => { if (value === null || value === '') localStorage.removeItem(name(key)); else localStorage.setItem(name(key), value); }),
    tab: {
      get: key => safely(() => sessionStorage.getItem(name(key)), null),
      set: (key, value) => safely(() => { if (value === null) sessionStorage.removeItem(name(key)); else sessionStorage.setItem(name(key), value); }),
    },
  };
})();
