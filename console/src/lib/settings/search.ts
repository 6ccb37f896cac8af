/** Words of one language. */
export type Words = Readonly<Record<string, string | undefined>>;

/** What can be looked for: a page by its address, or a field of it. `key` is its name; `key.help` and `key.text` (beside `title`), where they are, explain it. */
export interface Entry {
  page: string;
  /** Within the page's document. */
  path?: string;
  key: string;
}
export interface Hit extends Entry {
  /** The lower the better. */
  rank: number;
}

/** The name of a page; one that lies within another (`desk/transfers`) has that one's. */
export const pageKey = (page: string): string => `settings.${page.split('/')[0]}`;
const plain = (text: string) => text.toLowerCase().normalize('NFKC').trim();

/**
 * Entries that speak of what was typed, the best first: a name that begins with it, a name that has it, the same in another
 * language (so that 'welcome' finds 欢迎语), then explanations. Several words must all be there.
 */
export function search(
  entries: readonly Entry[],
  wish: string,
  own: Words,
  others: readonly Words[],
  most = 12,
): Hit[] {
  const parts = plain(wish).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const has = (text: string | undefined) => text !== undefined && parts.every((part) => plain(text).includes(part));
  const rankOf = ({ page, path, key }: Entry): number | null => {
    const name = own[key];
    if (has(name)) return plain(name!).startsWith(parts[0]!) ? 0 : 1;
    if (others.some((words) => has(words[key]))) return 2;
    // The name of the page and of the field together: 'queue wait'.
    if (path && [own, ...others].some((words) => has(`${words[pageKey(page)] ?? ''} ${words[key] ?? ''}`))) return 3;
    const about = [`${key}.help`, `${key}.text`, key.replace(/\.title$/, '.text')];
    if (about.some((one) => has(own[one]))) return 4;
    return about.some((one) => others.some((words) => has(words[one]))) ? 5 : null;
  };
  return entries
    .flatMap((entry) => {
      const rank = own[entry.key] === undefined ? null : rankOf(entry);
      return rank === null ? [] : [{ ...entry, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most);
}
