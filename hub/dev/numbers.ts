import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * `npm run numbers`: prints the numbers of the specification that no test of `core/` names in a title, and fails when
 * there are any. The session engine's chapters, with how many numbers each has.
 */
const CHAPTERS = { RT: 19, Q: 10, DS: 2, WT: 6, SS: 24, TR: 8, CS: 15, SG: 9, SW: 11 } as const;

/** All numbers of those chapters, as they are written: `RT-01`. */
export const numbers = (chapters: Record<string, number> = CHAPTERS): string[] =>
  Object.entries(chapters).flatMap(([chapter, count]) =>
    Array.from({ length: count }, (_, n) => `${chapter}-${String(n + 1).padStart(2, '0')}`),
  );

/**
 * Numbers in the titles of a test file: of `it`, `test` and `describe`, and of the rows of an `each`. `RT-01…03` and
 * `RT-01, 03` count all of them. A number in a comment or in what is expected is no case, nor is a range over a group.
 */
export function named(source: string): Set<string> {
  const found = new Set<string>();
  for (const title of titles(source))
    for (const [, chapter, first, more = ''] of title.matchAll(/\b([A-Z]{1,2})-(\d\d)((?:(?:…|, ?)(?:\d\d)\b)*)/g)) {
      let last = Number(first);
      found.add(`${chapter}-${first}`);
      for (const [, sign, next] of more.matchAll(/(…|, ?)(\d\d)/g)) {
        for (let n = sign === '…' ? last + 1 : Number(next); n <= Number(next); n++)
          found.add(`${chapter}-${String(n).padStart(2, '0')}`);
        last = Number(next);
      }
    }
  return found;
}

const QUOTED = String.raw`(['"\`])((?:(?!\2)[^\\\n]|\\.)*)\2`;
const CALL = new RegExp(
  String.raw`\b((?:it|test|describe)(?:\.\w+)*)(?:\((?:[^()]|\([^()]*\))*\))?\(\s*${QUOTED}`,
  'g',
);
const ROW = new RegExp(String.raw`^(\s*)\[\s*${QUOTED},`, 'gm');

/** A title stands right behind the bracket of its call, in a table at the head of a row. What is skipped is no case. */
const titles = (source: string): string[] =>
  [...source.matchAll(CALL), ...source.matchAll(ROW)]
    .filter(
      ([, how, , title]) => !/\.(skip|todo|fails)/.test(how!) && !(how!.startsWith('describe') && title!.includes('…')),
    )
    .map(([, , , title]) => title!);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const seen = new Set(
    globSync('core/**/*.test.ts', { cwd: root }).flatMap((file) => [...named(readFileSync(join(root, file), 'utf8'))]),
  );
  const all = numbers();
  const missing = all.filter((number) => !seen.has(number));
  console.log(
    missing.length ? `No case in core names ${missing.join(', ')}.` : `All ${all.length} numbers have a case.`,
  );
  process.exitCode = missing.length ? 1 : 0;
}
