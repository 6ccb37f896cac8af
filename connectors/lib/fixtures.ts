import { readdirSync, readFileSync } from 'node:fs';

/** Every file of a folder by its name without the ending, as text and untouched: escapes and spaces are part of it. */
export function fixturesIn(folder: URL): Record<string, string> {
  const names = readdirSync(folder)
    .filter((name) => /\.(json|xml)$/.test(name))
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.replace(/\.\w+$/, ''), readFileSync(new URL(name, folder), 'utf8')]),
  );
}
