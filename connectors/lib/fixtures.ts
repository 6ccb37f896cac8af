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

/** The same as a `Replay` wants them: read when first wanted, and kept. */
export function recordingsIn(folder: URL): () => Record<string, string> {
  let recorded: Record<string, string> | undefined;
  return () => (recorded ??= fixturesIn(folder));
}
