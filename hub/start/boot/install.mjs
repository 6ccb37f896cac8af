import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../say.mjs';
import { root } from './root.mjs';

const lockFile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.haina', 'installed');

/** Makes node_modules what package-lock.json says, when it is not. Ends the process when npm cannot. */
export async function install() {
  const lock = readFileSync(lockFile);
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!asLocked(JSON.parse(lock.toString()))) {
    rmSync(stamp, { force: true });
    const ok = await npmInstall();
    // npm of another version writes the lock its own way; a start must leave the clone as it was.
    if (!readFileSync(lockFile).equals(lock)) writeFileSync(lockFile, lock);
    if (!ok) {
      console.error(
        say(
          '✗ npm install failed: see what it says above, mend it and start again.',
          '✗ npm install 失败：请根据上面的提示处理后重新启动。',
        ),
      );
      process.exit(1);
    }
  }
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/**
 * Whether somebody ran npm by hand already: npm keeps its own account of what it installed.
 * @param {{ packages: Record<string, { version?: string, optional?: boolean }> }} lock
 */
function asLocked(lock) {
  try {
    const { packages } = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
    return Object.entries(lock.packages).every(([path, { version, optional }]) => {
      const there = packages[path];
      return path === '' || (there ? there.version === version : optional);
    });
  } catch {
    return false;
  }
}

/** @returns {Promise<boolean>} whether it went well */
async function npmInstall() {
  // What `npm ci` does not do: it refuses locks that lack another system's optional packages.
  const args = [
    'install',
    '--no-audit',
    '--no-fund',
    '--no-progress',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ];
  const began = Date.now();
  const stopTelling = tell(() => Math.round((Date.now() - began) / 1000));
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? process.env.npm_execpath : undefined;
  const child = own
    ? spawn(process.execPath, [own, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawn('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
  const ok = await new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
  stopTelling(ok);
  return ok;
}

/** Shows that something happens: a counting line in a terminal, a line now and then elsewhere. @param {() => number} seconds */
function tell(seconds) {
  const terminal = process.stdout.isTTY;
  const line = () =>
    say(
      `Installing packages (about a minute the first time) … ${seconds()} s`,
      `正在安装依赖（首次约需一分钟）…… ${seconds()} 秒`,
    );
  const write = () => process.stdout.write(terminal ? `\r${line()}` : `${line()}\n`);
  write();
  const timer = setInterval(write, terminal ? 1_000 : 15_000);
  return (/** @type {boolean} */ ok) => {
    clearInterval(timer);
    if (terminal) process.stdout.write('\r\x1b[K');
    if (ok) console.log(say(`Packages installed in ${seconds()} s.`, `依赖安装完成，用时 ${seconds()} 秒。`));
  };
}
