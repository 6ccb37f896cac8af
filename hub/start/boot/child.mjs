import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { findNode } from './node.mjs';
import { onNpmGone } from './orphan.mjs';
import { root } from './root.mjs';

/** @typedef {{ args: string[], hub?: boolean, cwd?: string }} Job `hub`: notices our death through an IPC channel. */

/**
 * Runs jobs on Node 24 side by side until the first ends, then ends the others in order, and tells the first one's
 * exit code (128 + signal when it was killed). A signal to us is passed on. Ctrl-C needs care: the terminal sends it to
 * the whole group and npm sends it once more, so tools in a terminal are left to the terminal, and the hub counts what
 * comes within a second as one wish.
 * @param {Job[]} jobs @returns {Promise<number>}
 */
export async function runUntilEnd(jobs) {
  const children = jobs.map((job) => ({ job, child: start(job) }));
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    for (const { job, child } of children)
      if (job.hub || signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, pass);
  onNpmGone(() => {
    for (const { child } of children) child.kill('SIGTERM');
  });
  const ends = children.map(({ child }) => ended(child));
  const code = await Promise.race(ends);
  for (const { child } of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await Promise.all(ends);
  return code;
}

/** @param {Job} job */
function start({ args, hub, cwd = root }) {
  return spawn(findNode(), ['--disable-warning=ExperimentalWarning', ...args], {
    cwd,
    // What Node compiled once it need not compile at every start: a third less work until the hub is ready.
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.haina', 'compiled'), ...process.env },
    stdio: hub ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
  });
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number>} */
const ended = (child) =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });

/**
 * Runs a tool quietly. @param {string[]} args @param {string} [cwd] @param {Record<string, string>} [vars] over ours
 * @returns {Promise<{ ok: boolean, output: string }>} all it wrote
 */
export function runQuietly(args, cwd = root, vars = {}) {
  const child = spawn(findNode(), args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, FORCE_COLOR: color, ...vars },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const color = process.stdout.isTTY ? '1' : '0';
