import type { Content, Rating } from '../message.ts';

/** What a customer gives: one to five stars, tags of that star, whether his problem was solved, his own words. */
export interface Answer {
  stars: number;
  tags: readonly string[];
  resolved: boolean | null;
  comment: string | null;
}

const NUMERALS = ['一', '二', '三', '四', '五'];
const ENGLISH = ['one', 'two', 'three', 'four', 'five'];

/**
 * The stars a customer means by these words, as an answer to this invitation; null: they are no rating. The whole text must
 * be one: a choice tapped (`haina:rate:4`), a number of the menu ("4", "４", "四"), stars counted ("4星", "四分", "4 stars", "★★★★"),
 * or the words of a star, with or without its number.
 */
export function starsIn(content: Content, { options }: Pick<Rating, 'options'>): number | null {
  if (content.type === 'action') {
    const tapped = /^haina:rate:([1-5])$/.exec(content.data);
    if (tapped) return Number(tapped[1]);
  }
  const said = content.type === 'text' ? content.text : content.type === 'action' ? content.text : undefined;
  if (!said || said.length > 60) return null;
  const text = plain(said);
  const place = numberOf(text);
  if (place) return options[place - 1]?.stars ?? null;
  const drawn = /^[★⭐🌟]{1,5}$/u.exec(text);
  if (drawn) return [...text].length;
  const counted = /^(.+?)\s*(?:颗星|个星|星|分|つ星|stars?)$/u.exec(text);
  if (counted) return numberOf(counted[1]!);
  const worded = (words: string) => options.find((option) => plain(option.text) === words)?.stars ?? null;
  const listed = /^([1-5])\s*[.、:)]\s*(.+)$/u.exec(text);
  return worded(text) ?? (listed ? worded(listed[2]!) : null);
}

/** Full-width as half-width, without case and without the mark that makes a star colourful. */
const plain = (text: string) => text.normalize('NFKC').replaceAll('\u{fe0f}', '').trim().toLowerCase();

function numberOf(text: string): number | null {
  if (/^[1-5]$/.test(text)) return Number(text);
  const index = Math.max(NUMERALS.indexOf(text), ENGLISH.indexOf(text));
  return index < 0 ? null : index + 1;
}

/**
 * CS-12: what is wrong with a page's answer to this invitation, or null. A star with tags wants at least one of them, and
 * no other star's. A menu's answer has none and is not asked for any.
 */
export function fault({ stars, tags }: Answer, { options }: Pick<Rating, 'options'>): 'stars' | 'tags' | null {
  const option = options.find((one) => one.stars === stars);
  if (!option) return 'stars';
  if (!tags.every((tag) => option.tags.includes(tag))) return 'tags';
  return option.tags.length > 0 && tags.length === 0 ? 'tags' : null;
}
