import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The fields of /proc/PID/stat after the command's closing bracket: state first, start time (ticks) twentieth. */
function stat(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Whether the process runs. One that has ended but was not yet collected by its parent (a zombie) does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It runs and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return stat(pid)?.[0] !== 'Z';
}

/** Asks `ps`, where there is no /proc: one field of one process, '' when it is gone or there is no `ps` (Windows). */
function ps(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

/** When the process began, as an opaque text that differs for a later process of the same number; '' if unknown. */
export const startedAt = (pid: number): string =>
  process.platform === 'linux' ? (stat(pid)?.[19] ?? '') : ps(pid, 'lstart');

/** The name of the program a process runs, such as `postgres`; '' if unknown. */
export function program(pid: number): string {
  if (process.platform !== 'linux') return basename(ps(pid, 'comm')).replace(/\.exe$/, '');
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Waits until the process has gone. False when it is still there after `ms`. */
export async function gone(pid: number, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; alive(pid); await sleep(5)) if (Date.now() > end) return false;
  return true;
}
