/** The beginning of a text, for an alert. */
export const excerpt = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text);

/** The words found, each once. */
export const wordsOf = (hits: readonly { word: string }[]) => [...new Set(hits.map((hit) => hit.word))];
