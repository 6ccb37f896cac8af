import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs some tests need, under the names they go by. */
const programs = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'],
  'redis-server': ['redis-server', 'redis-server.exe'],
} as const;
const elsewhere: Partial<Record<keyof typeof programs, string[]>> = {
  chromium: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
};

/** Where a program is; nothing when this machine has none. `path` as in PATH. */
export function findProgram(program: keyof typeof programs, path = process.env.PATH ?? ''): string | undefined {
  const places = path.split(delimiter).flatMap((folder) => programs[program].map((name) => join(folder, name)));
  return [...places, ...(elsewhere[program] ?? [])].find((place) => existsSync(place));
}

/**
 * The path of a program that tests cannot do without, to be used as `describe.skipIf(!needs('chromium'))`. Where it is
 * missing the tests are skipped and a line says so; in CI (CI=true) they fail, because a skipped proof proves nothing.
 */
export function needs(
  program: keyof typeof programs,
  vars: Record<string, string | undefined> = process.env,
  tell: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): string | undefined {
  const place = findProgram(program, vars.PATH);
  if (place) return place;
  if (vars.CI && vars.CI !== 'false')
    throw new Error(`${program} is not installed, and CI skips nothing: install it (apt-get install ${program}).`);
  tell(`↷ ${program} is not installed: the tests that need it are skipped.`);
  return undefined;
}
