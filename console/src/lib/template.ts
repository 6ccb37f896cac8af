/** A template's text with its values put in; a place without a value keeps its braces. `{{1}}` is the first. */
export function filled(text: string, values: readonly string[]): string {
  return text.replace(/\{\{\s*(\d+)\s*\}\}/g, (whole, number: string) => values[Number(number) - 1]?.trim() || whole);
}
