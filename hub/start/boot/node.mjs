import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../say.mjs';
import { root } from './root.mjs';

/** The first Node that reads TypeScript as it is. */
const [MAJOR, MINOR] = [22, 18];

/**
 * A Node that runs Haina: the Node 24 that npm brought for this system, else the one we run on if it is new enough.
 * Ends the process with a sentence where there is neither.
 */
export function findNode() {
  const system = { linux: 'linux', win32: 'win' }[/** @type {string} */ (process.platform)];
  const folder = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin');
  const packaged = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  // The packaged one is linked against glibc, which Alpine has not.
  if (system && existsSync(packaged) && !existsSync('/etc/alpine-release')) return packaged;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return process.execPath;
  console.error(
    say(
      `✗ Haina runs on Node ${MAJOR}.${MINOR} or newer, this is ${process.versions.node}, and no newer one is packaged for this system: install Node 24 from https://nodejs.org and start again.`,
      `✗ 海纳需要 Node ${MAJOR}.${MINOR} 或更高版本，当前为 ${process.versions.node}，且没有适用于本系统的内置版本：请从 https://nodejs.org 安装 Node 24 后重新启动。`,
    ),
  );
  process.exit(1);
}
