// How Haina starts: `node hub/start/boot.mjs start|dev|build|test|unit|lint|format|run FILE …`. Everything below
// hub/start/*.mjs is plain JavaScript without packages: it runs in a fresh clone, on any Node from 20.
import { build, watchWidget } from './boot/build.mjs';
import { check, format } from './boot/check.mjs';
import { runUntilEnd } from './boot/child.mjs';
import { install } from './boot/install.mjs';
import { findNode } from './boot/node.mjs';
import { say } from './say.mjs';

const [command = 'start', ...args] = process.argv.slice(2);
const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...args];

/** Every command ends with an exit code. @type {Record<string, () => Promise<number>>} */
const commands = {
  start: async () => {
    await prepare();
    return runUntilEnd([{ args: ['hub/main.ts', ...args], hub: true }]);
  },
  dev: async () => {
    await prepare({ console: false });
    return runUntilEnd([
      { args: ['--watch', '--watch-preserve-output', 'hub/main.ts', ...args], hub: true },
      ...watchWidget(),
      { args: ['hub/start/dev/console.ts'] },
    ]);
  },
  build: async () => {
    await install();
    return (await build({ force: args.includes('--force') })) ? 0 : 1;
  },
  // The gate: all checks, then all tests; the tests' summary comes last unless a check failed.
  test: async () => {
    await prepare();
    const failed = await check();
    const code = await runUntilEnd([{ args: vitest }]);
    if (failed.length)
      console.error(say(`\n✗ Checks failed: ${failed.join(', ')}`, `\n✗ 未通过的检查：${failed.join('、')}`));
    return failed.length ? 1 : code;
  },
  unit: async () => {
    await prepare();
    return runUntilEnd([{ args: vitest }]);
  },
  lint: async () => {
    await install();
    return (await check()).length ? 1 : 0;
  },
  format: async () => {
    await install();
    return format();
  },
  run: async () => {
    await install();
    return runUntilEnd([{ args, hub: true }]);
  },
};

/** Installs and builds what is missing or stale; a build that failed is good enough only if an older one is there. */
async function prepare(options = {}) {
  await install();
  if (!(await build(options))) process.exit(1);
  findNode();
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    say('✗ Haina needs Node 20 or newer: see https://nodejs.org.', '✗ 海纳需要 Node 20 或更高版本：https://nodejs.org'),
  );
  process.exit(1);
}
const run = commands[command === 'check' ? 'test' : command];
if (!run) {
  console.error(`node hub/start/boot.mjs ${Object.keys(commands).join('|')}`);
  process.exit(1);
}
process.exitCode = await run();
