/** Places in a text that are filled when it is said: `{position}`. Which ones mean something where is core's business. */
export const PLACES = {
  queued: ['position', 'wait', 'group', 'hours'],
  offHours: ['hours', 'group'],
  agent: ['agent'],
} as const;
export type Place = (typeof PLACES)[keyof typeof PLACES][number];

/** The text with a place put in where the caret is, or over what is selected; and where the caret is then. UTF-16 units. */
export function inserted(
  text: string,
  [from, to]: readonly [number, number],
  place: Place,
): { text: string; caret: number } {
  const word = `{${place}}`;
  return { text: text.slice(0, from) + word + text.slice(to), caret: from + word.length };
}

/** What stands in braces but will not be filled: it would reach the customer as it is written. */
export function unfilled(text: string, places: readonly string[]): string[] {
  const found = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return [...new Set(found.filter((name) => !places.includes(name)))];
}
