import type { Key } from './i18n/index.svelte.ts';

export type Act = 'search' | 'next' | 'previous' | 'accept' | 'transfer' | 'end' | 'reply' | 'card';
/** What each key does: the sheet and the listener read the same list. `code` is the place on the keyboard, whatever it prints. */
export const KEYS: readonly { act: Act; label: Key; show: string[]; code: string; alt?: true; mod?: true }[] = [
  { act: 'search', label: 'keys.search', show: ['Ctrl/⌘', 'K'], code: 'KeyK', mod: true },
  { act: 'previous', label: 'keys.previous', show: ['Alt', '↑'], code: 'ArrowUp', alt: true },
  { act: 'next', label: 'keys.next', show: ['Alt', '↓'], code: 'ArrowDown', alt: true },
  { act: 'reply', label: 'keys.reply', show: ['Alt', 'R'], code: 'KeyR', alt: true },
  { act: 'accept', label: 'keys.accept', show: ['Alt', 'A'], code: 'KeyA', alt: true },
  { act: 'transfer', label: 'keys.transfer', show: ['Alt', 'T'], code: 'KeyT', alt: true },
  { act: 'end', label: 'keys.end', show: ['Alt', 'X'], code: 'KeyX', alt: true },
  { act: 'card', label: 'keys.card', show: ['Alt', 'C'], code: 'KeyC', alt: true },
];

class Keys {
  /** The sheet that explains them. */
  open = $state(false);
  #acts = new Map<Act, () => void>();
  /** Whoever is on screen says what a key does now. Returns how to stop. */
  on(acts: Partial<Record<Act, () => void>>): () => void {
    for (const [act, run] of Object.entries(acts)) this.#acts.set(act as Act, run);
    return () => {
      for (const [act, run] of Object.entries(acts))
        if (this.#acts.get(act as Act) === run) this.#acts.delete(act as Act);
    };
  }
  press(event: KeyboardEvent): void {
    if (event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const typing = (event.target as HTMLElement).closest('input, textarea, select, [contenteditable]');
    if (event.key === '?' && !typing) {
      event.preventDefault();
      this.open = true;
      return;
    }
    const key = KEYS.find(
      (one) =>
        one.code === event.code &&
        Boolean(one.alt) === event.altKey &&
        Boolean(one.mod) === (event.ctrlKey || event.metaKey),
    );
    const run = key && this.#acts.get(key.act);
    if (!run) return;
    event.preventDefault();
    run();
  }
}
export const keys = new Keys();
