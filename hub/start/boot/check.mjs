import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../say.mjs';
import { runQuietly } from './child.mjs';
import { root } from './root.mjs';

const biome = ['node_modules/@biomejs/biome/bin/biome'];
const prettier = ['node_modules/prettier/bin/prettier.cjs', 'console/**/*.svelte', '--log-level', 'warn'];
const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', '-p'];
/** Checks at the same time: they are single-threaded and hungry for memory. */
const AT_ONCE = 2;

const console_ = join(root, 'console');
const hasConsole = existsSync(join(console_, 'vite.config.ts'));
const hasWidget = existsSync(join(console_, 'widget', 'tsconfig.json'));

/** @typedef {{ name: string, steps: { args: string[], cwd?: string }[] }} Check */

/** @returns {Check[]} slowest first */
const checks = () => [
  { name: 'types', steps: [{ args: [...tsc, '.'] }] },
  ...(hasConsole ? [svelteCheck()] : []),
  ...(hasWidget ? [{ name: 'widget types', steps: [{ args: [...tsc, 'console/widget'] }] }] : []),
  { name: 'dead code', steps: [{ args: ['node_modules/knip/bin/knip.js', '--no-progress'] }] },
  { name: 'format and lint', steps: [{ args: [...biome, 'check', '--error-on-warnings', '.'] }] },
  ...(hasSvelte(console_) ? [{ name: 'svelte format', steps: [{ args: [...prettier, '--check'] }] }] : []),
];

const svelteCheck = () => ({
  name: 'svelte types',
  steps: [
    { args: [join(root, 'node_modules/@sveltejs/kit/svelte-kit.js'), 'sync'], cwd: console_ },
    {
      args: [join(root, 'node_modules/svelte-check/bin/svelte-check'), '--fail-on-warnings', '--output', 'human'],
      cwd: console_,
    },
  ],
});

/** Runs every check, shows what the failing ones said. @returns {Promise<string[]>} the names of those that failed */
export async function check() {
  const waiting = checks();
  /** @type {string[]} */
  const failed = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) if (!(await passes(next))) failed.push(next.name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}

/** @param {Check} check */
async function passes({ name, steps }) {
  const began = Date.now();
  for (const { args, cwd } of steps) {
    const { ok, output } = await runQuietly(args, cwd);
    if (ok) continue;
    console.error(`✗ ${name}\n${output}`);
    return false;
  }
  console.log(`✓ ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  return true;
}

/** Writes everything the way the checks want it. @returns {Promise<number>} exit code */
export async function format() {
  const results = [await runQuietly([...biome, 'check', '--write', '.'])];
  if (hasSvelte(console_)) results.push(await runQuietly([...prettier, '--write']));
  for (const { output } of results) console.log(output.trim());
  const ok = results.every((result) => result.ok);
  console.log(ok ? say('Formatted.', '格式化完成。') : say('See what is left above.', '仍有问题需要手动处理，见上。'));
  return ok ? 0 : 1;
}

/** @param {string} folder @returns {boolean} */
function hasSvelte(folder) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? !['node_modules', 'build', '.svelte-kit'].includes(entry.name) && hasSvelte(join(folder, entry.name))
      : entry.name.endsWith('.svelte'),
  );
}
