/** Longest tag of a star, UTF-16 units (`core/settings/ratings.ts`). */
const LONG = 40;

/** The tags with those in a typed or pasted text, split at commas and lines; none twice, none too long, at most `most`. */
export function withTags(tags: readonly string[], text: string, most: number): string[] {
  const typed = text.split(/[,，、;；\n]/).map((one) => one.trim().slice(0, LONG).trim());
  return [...new Set([...tags, ...typed.filter(Boolean)])].slice(0, most);
}

/** The tag at another place, kept within the list. */
export function moved(tags: readonly string[], tag: string, to: number): string[] {
  const rest = tags.filter((one) => one !== tag);
  return rest.length === tags.length ? [...tags] : rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, tag);
}
