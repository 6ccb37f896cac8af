import type { Content, Sendable } from './message.ts';
import type { Marks } from './session.ts';

/** What the house itself lets a customer choose. `haina:group:<item>` and `haina:rate:<stars>` carry a value. */
export const MENU = {
  human: 'haina:human',
  leave: 'haina:leave',
  quit: 'haina:quit',
  group: (itemId: string) => `haina:group:${itemId}`,
  rate: (stars: number) => `haina:rate:${stars}`,
} as const;

const GROUP = 'haina:group:';

/** The item a choice stands for, if it is one of the welcome menu's (AR-11). */
export const itemOf = (choice: string): string | null => (choice.startsWith(GROUP) ? choice.slice(GROUP.length) : null);

/**
 * What the customer chose of the house's own menu: tapped it, wrote its number (`2`, `２`, `②`, `2.`) or its words. A tap tells
 * by itself which option it was, so it counts however old its menu is; a number or words only mean something under the
 * last one. Null: nothing of ours.
 */
export function chosen(menu: Marks['menu'], content: Content): string | null {
  if (content.type === 'action' && content.data.startsWith('haina:')) return content.data;
  const words = content.type === 'text' || content.type === 'action' ? plain(content.text ?? '') : '';
  if (!words || !menu) return null;
  const number = numberIn(words);
  if (number !== null) return menu[number - 1]?.id ?? null;
  return (
    menu.find((option, index) => words === plain(option.text) || words === plain(`${index + 1}. ${option.text}`))?.id ??
    null
  );
}

/** A number and nothing else, however it is written: `2`, `２`, `②`, `2.`, `(2)`, `2、`. Null: it is not one. */
export function numberIn(words: string): number | null {
  const digits = /^[([（【]?\s*(\d{1,2})\s*[)\]）】.。、,，]?$/.exec(plain(words));
  return digits ? Number(digits[1]) : null;
}

const plain = (words: string) => words.normalize('NFKC').trim().toLowerCase();

/** Longest question a menu carries; see `core/message.ts`. */
const QUESTION = 1000;
const OPTION = 100;

/** A text, with choices under it where there are any. What is too long for a question goes out whole, before it. */
export function withOptions(text: string, options: readonly { id: string; text: string }[]): Sendable[] {
  if (!options.length) return [{ type: 'text', text }];
  const shown = options.map((option) => ({ ...option, text: option.text.slice(0, OPTION) }));
  if (text.length <= QUESTION) return [{ type: 'menu', text, options: shown }];
  return [
    { type: 'text', text },
    { type: 'menu', text: '…', options: shown },
  ];
}
