import { readFileSync } from 'node:fs';

/** How often we look. Milliseconds. */
const LOOK = 300;
const parent = process.ppid;

/**
 * Calls `gone` once the npm that started us has ended. npm passes a signal to its shell, and most shells die of it
 * without telling us: without this look, `kill` on `npm start` would leave the hub running.
 * Only under npm: whoever starts us otherwise (nohup, systemd) may well want to leave before us.
 * @param {() => void} gone
 */
export function onNpmGone(gone) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = stat(parent);
  // Under a shell of npm's: npm itself may be killed and leave the shell waiting for us.
  const npm = shell && !isNpm(parent) && isNpm(shell.parent) ? shell.parent : 0;
  const timer = setInterval(() => {
    if (process.ppid === parent && (!npm || stat(parent)?.parent === npm)) return;
    clearInterval(timer);
    gone();
  }, LOOK);
  timer.unref();
}

/** @param {number} pid */
const isNpm = (pid) => stat(pid)?.name.startsWith('npm') ?? false;

/** Name and parent of a process, where there is /proc. @param {number} pid */
function stat(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const end = line.lastIndexOf(')');
    return { name: line.slice(line.indexOf('(') + 1, end), parent: Number(line.slice(end + 2).split(' ')[1]) };
  } catch {
    return undefined;
  }
}
