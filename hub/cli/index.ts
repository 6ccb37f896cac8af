import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { say } from '../start/say.mjs';
import { ask, askHidden } from './ask.ts';
import { main } from './main.ts';

/** Where the person stands: npm moves to the project's folder before it runs us. */
const here = (file: string) => (file === '-' ? 0 : resolve(process.env.INIT_CWD ?? '', file));

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  fetch,
  files: {
    read: (file) => readFileSync(here(file), 'utf8'),
    write: (file, text) => writeFileSync(here(file), text),
  },
  out: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  err: (text) => console.error(text),
  ask: process.stdin.isTTY
    ? { user: () => ask(say('User name: ', '用户名：')), password: () => askHidden(say('Password: ', '密码：')) }
    : null,
});
// A process started over a channel to its parent would wait for it.
process.disconnect?.();
