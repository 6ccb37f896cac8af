import { access, constants, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Misconfigured } from '../errors.ts';

/** Names of the browser, where systems keep it. Checked in this order after the variables. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The system's Chromium or Chrome; `PUPPETEER_EXECUTABLE_PATH` or `CHROME_PATH` name another. Throws Misconfigured `no_browser`. */
export async function findBrowser(env: Record<string, string | undefined> = process.env): Promise<string> {
  const named = env.PUPPETEER_EXECUTABLE_PATH || env.CHROME_PATH;
  if (named) {
    if (await runs(named)) return named;
    throw new Misconfigured(
      'no_browser',
      `There is no program at ${named} (PUPPETEER_EXECUTABLE_PATH or CHROME_PATH).`,
    );
  }
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  for (const place of places) if (await runs(place)) return place;
  throw new Misconfigured(
    'no_browser',
    'WhatsApp Web needs Chromium or Chrome on this machine, and none was found. Install the package chromium, or set PUPPETEER_EXECUTABLE_PATH.',
  );
}

const runs = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

/** The profile's folder inside the account's (LocalAuth's own naming). */
export const profileIn = (folder: string): string => join(folder, 'session');

/**
 * Makes the profile free: a browser of this profile that a dead hub left running on this machine is ended, and the lock
 * of one that is no longer there removed. Call only while holding the account.
 */
export async function freeProfile(folder: string): Promise<void> {
  const profile = profileIn(folder);
  const lock = await readlink(join(profile, 'SingletonLock')).catch(() => null);
  const [, host, pid] = /^(.*)-(\d+)$/.exec(lock ?? '') ?? [];
  if (host === hostname() && pid && (await runsIn(Number(pid), profile))) await endProcess(Number(pid));
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
    await rm(join(profile, name), { force: true });
}

/** Whether that process is a browser of this profile: process ids are used again. Unknown counts as no. */
async function runsIn(pid: number, profile: string): Promise<boolean> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return words.split('\0').includes(`--user-data-dir=${profile}`);
}

/** Ends a browser and its children; resolves when it is gone, or after two seconds. */
export async function endProcess(pid: number): Promise<void> {
  // Children first named, then the parent ended: some live in groups of their own.
  const family = [...(await childrenOf(pid)), pid];
  for (const one of family) end(one);
  for (let waited = 0; waited < 2_000 && family.some(alive); waited += 50) await sleep(50);
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** All below it, deepest first; none where the system does not tell. */
async function childrenOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const below = (root: number): number[] =>
    [...parents].filter(([, parent]) => parent === root).flatMap(([child]) => [...below(child), child]);
  return below(pid);
}
