// Asks how far the preparation is and shows it; opens the application when it is ready.
(() => {
  const list = document.querySelector('[data-steps]');
  const ask = async () => {
    try {
      const answer = await fetch('/preparing.json', { cache: 'no-store' });
      const state = await answer.json();
      if (state.ready) { location.reload(); return; }
      for (const step of state.steps) {
        const item = list.querySelector(`[data-step="${step.code}"]`);
        if (!item) continue;
        item.dataset.status = step.status;
        item.querySelector('.step-detail').textContent = step.detail ?? '';
      }
      document.querySelector('[data-failed]').hidden = !state.error;
      document.querySelector('[data-error]').textContent = state.error ?? '';
    } catch { /* the server restarts: ask again */ }
    setTimeout(ask, 700);
  };
  ask();
})();
