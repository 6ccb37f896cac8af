export type Theme = 'system' | 'light' | 'dark';
const system = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');
let wish: Theme = 'system';

/** Puts a theme on the page and remembers it for the next first paint (static/theme.js reads it). */
export function wear(theme: Theme): void {
  wish = theme;
  try {
    localStorage.setItem('haina.theme', theme);
  } catch {
    // Storage may be forbidden; the preference still comes with `me`.
  }
  document.documentElement.classList.toggle('dark', theme === 'dark' || (theme === 'system' && system!.matches));
}
system?.addEventListener('change', () => wear(wish));
