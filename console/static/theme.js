// Before the first paint, so that a dark screen never flashes white. The same rule as src/lib/theme.ts.
(() => {
  let wish = 'system';
  try {
    wish = localStorage.getItem('haina.theme') || 'system';
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  const dark = wish === 'dark' || (wish === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('dark', dark);
})();
