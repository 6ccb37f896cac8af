import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './problem.ts';
import { alive, startedAt } from './process.ts';
import { say } from './say.mjs';

/** A lock without readable content is being written this moment, if it is younger than this. Milliseconds. */
const BEING_WRITTEN = 2_000;
/** How long a holder that may be ending is waited for: a restart often begins before the end. Milliseconds. */
const ENDING = 3_000;

type Holder = { pid: number; startedAt: string };

function read(path: string): { text: string; holder: Holder | undefined } {
  const text = readFileSync(path, 'utf8');
  try {
    const { pid, startedAt } = JSON.parse(text);
    return { text, holder: Number.isInteger(pid) ? { pid, startedAt: String(startedAt) } : undefined };
  } catch {
    return { text, holder: undefined };
  }
}

/** The same number may be another process by now: only the one that began when the lock says holds it. */
const holds = ({ pid, startedAt: began }: Holder) => alive(pid) && (began === '' || startedAt(pid) === began);

/**
 * Makes this process the only one to use `folder`, until `release()` or its death: the lock names its holder by process
 * number and start time, so one left by a killed hub is taken over.
 * @throws StartProblem when another living process holds it.
 */
export async function lockFolder(folder: string, patience = ENDING): Promise<{ release: () => void }> {
  const path = join(folder, 'hub.lock');
  const mine = JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid) });
  for (const end = Date.now() + patience; ; ) {
    try {
      writeFileSync(path, mine, { flag: 'wx', mode: 0o600 });
      return { release: () => release(path, mine) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        // A full disk leaves an empty file behind; it would pass for a lock being written.
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') rmSync(path, { force: true });
        throw error;
      }
    }
    const holder = takeAwayIfStale(path);
    if (!holder) continue;
    if (Date.now() > end) throw inUse(folder, holder.pid);
    await sleep(50);
  }
}

/** Removes the lock of a holder that is no more; else tells who holds it. */
function takeAwayIfStale(path: string): Partial<Holder> | undefined {
  try {
    const { text, holder } = read(path);
    const held = holder ? holds(holder) : Date.now() - statSync(path).mtimeMs < BEING_WRITTEN;
    if (held) return holder ?? {};
    // Two hubs may find the same stale lock. Whoever moves something else than the lock it judged puts it back.
    const aside = `${path}.${process.pid}`;
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== text) {
      renameSync(aside, path);
      return {};
    }
    rmSync(aside);
  } catch (error) {
    // Released or taken away between two of our steps: try again.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return undefined;
}

function release(path: string, mine: string): void {
  try {
    if (readFileSync(path, 'utf8') === mine) rmSync(path);
  } catch {
    // Gone already: nothing to release.
  }
}

const inUse = (folder: string, pid: number | undefined) =>
  new StartProblem(
    say(
      `Another Haina${pid ? ` (process ${pid})` : ''} already uses ${folder}: stop it first, or give this one its own folder with DATA_DIR.`,
      `另一个海纳${pid ? `（进程 ${pid}）` : ''}正在使用 ${folder}：请先停止它，或用 DATA_DIR 给当前实例指定另一个目录。`,
    ),
  );
