import { numberIn } from '../../menu.ts';
import { type Notes, plain, repeats } from './notes.ts';

/** AR-11, and what texts have put in. */
export function texts(at: Notes): void {
  const { menu } = at.settings.texts;
  if (menu.on && !menu.items.length) at.add(['menu', 'items'], 'menu-empty');
  for (const { n, value } of repeats(menu.items.map(({ text }) => plain(text))))
    at.add(['menu', 'items', n, 'text'], 'menu-twice', { text: value });
  for (const [n, { text }] of menu.items.entries()) {
    const number = numberIn(text);
    if (number !== null && number !== n + 1) at.add(['menu', 'items', n, 'text'], 'menu-number', { text });
  }
  for (const [key, value] of Object.entries(at.settings.texts)) {
    if (typeof value === 'string') placeholders(at, [key], value);
    else if (typeof value === 'object') placeholders(at, [key, 'text'], value.text);
  }
}

/** What the house can put into a text; see `core/settings/texts.ts`. */
const KNOWN = ['position', 'wait', 'agent', 'group', 'hours'];

/** Says which `{names}` of a text will be read as they stand. */
export function placeholders(at: Notes, path: (string | number)[], text: string): void {
  const names = [...text.matchAll(/\{([a-z][a-z0-9_-]*)\}/gi)].map(([, name]) => name!);
  for (const name of new Set(names)) if (!KNOWN.includes(name)) at.add(path, 'placeholder', { name });
}
