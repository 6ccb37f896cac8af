import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../say.mjs';
import { runQuietly } from './child.mjs';
import { digest } from './digest.mjs';
import { root } from './root.mjs';

const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const made = ['node_modules', 'build', 'build.before', '.svelte-kit', 'widget', 'test'];

/** What is built, from what, and where it lands. A core that changed may change either. */
const parts = {
  console: {
    name: () => say('console', '控制台'),
    config: 'console/vite.config.ts',
    sources: ['console', 'core', 'package-lock.json'],
    without: made,
    output: 'console/build',
    cwd: join(root, 'console'),
    args: [vite, 'build', '--logLevel', 'warn'],
  },
  widget: {
    name: () => say('visitor widget', '访客插件'),
    config: 'console/widget/vite.config.ts',
    sources: ['console/widget', 'core', 'package-lock.json'],
    without: made.filter((name) => name !== 'widget'),
    output: 'console/widget/build',
    cwd: root,
    args: [vite, 'build', '-c', 'console/widget/vite.config.ts', '--logLevel', 'warn'],
  },
};

/**
 * Builds the console and the widget where their sources changed since. A build that fails leaves the one before it and
 * says so. False when something needed is not there at all, or in CI, where an old build would prove nothing.
 * @param {{ force?: boolean, console?: boolean }} [options] `console: false` leaves it to vite's own server
 */
export async function build({ force = false, console: withConsole = true } = {}) {
  let good = true;
  for (const part of withConsole ? [parts.widget, parts.console] : [parts.widget]) {
    if (!existsSync(join(root, part.config))) {
      console.log(say(`No ${part.name()} here yet: nothing to build.`, `尚无${part.name()}，跳过构建。`));
      continue;
    }
    const wanted = digest(part.sources, part.without);
    const stamp = join(root, part.output, '.haina');
    if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) continue;
    if (await buildOne(part)) writeFileSync(stamp, wanted);
    else if (process.env.CI || !existsSync(join(root, part.output))) good = false;
  }
  return good;
}

/** @param {typeof parts.console} part */
async function buildOne({ name, output, args, cwd }) {
  const began = Date.now();
  const [now, before] = [join(root, output), join(root, `${output}.before`)];
  rmSync(before, { recursive: true, force: true });
  if (existsSync(now)) cpSync(now, before, { recursive: true });
  console.log(say(`Building the ${name()} …`, `正在构建${name()}……`));
  // What asks for it may be a test or a person's shell: what is built is what people get, without our machine's paths.
  const { ok, output: told } = await runQuietly(args, cwd, { NODE_ENV: 'production' });
  if (ok) {
    rmSync(before, { recursive: true, force: true });
    console.log(say(`Built in ${seconds(began)} s.`, `构建完成，用时 ${seconds(began)} 秒。`));
    return true;
  }
  console.error(told);
  if (existsSync(before)) {
    rmSync(now, { recursive: true, force: true });
    renameSync(before, now);
    console.error(
      say(
        `✗ The ${name()} could not be built; the build before stays in use.`,
        `✗ ${name()}构建失败，继续使用之前的版本。`,
      ),
    );
  } else {
    rmSync(now, { recursive: true, force: true });
    console.error(say(`✗ The ${name()} could not be built: see above.`, `✗ ${name()}构建失败：请看上面的信息。`));
  }
  return false;
}

/** The widget built again at every change, for `dev`. @returns {import('./child.mjs').Job[]} */
export const watchWidget = () =>
  existsSync(join(root, parts.widget.config)) ? [{ args: [...parts.widget.args, '--watch'] }] : [];

/** @param {number} since */
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);
