import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Builds the widget when the build is older than its sources, so that no test ever looks at yesterday's. */
export async function built(): Promise<void> {
  const sources = ['chat', 'loader', 'shared'].flatMap((folder) =>
    readdirSync(here(folder), { recursive: true, encoding: 'utf8' }).map((name) => here(`${folder}/${name}`)),
  );
  const newest = Math.max(
    ...[...sources, here('chat.html'), here('vite.config.ts')].map((path) => statSync(path).mtimeMs),
  );
  if (existsSync(here('build/widget.js')) && statSync(here('build/widget.js')).mtimeMs > newest) return;
  // A test's NODE_ENV would bring Preact's development build along.
  const mode = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  await build({ configFile: here('vite.config.ts'), mode: 'production', logLevel: 'warn' });
  process.env.NODE_ENV = mode;
}
