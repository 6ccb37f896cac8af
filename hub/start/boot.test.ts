import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { alive, gone } from './process.ts';

/**
 * boot.mjs in a house of cardboard: a hub that says "ready", an npm and a vite that note each call. The real ones are
 * tried in a fresh clone, see CONTRIBUTING.md.
 */
function house(files: Record<string, string> = {}) {
  const root = testFolder();
  cpSync(new URL('.', import.meta.url).pathname, join(root, 'hub/start'), {
    recursive: true,
    filter: (path) => !/\.ts$/.test(path),
  });
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const npm = `
    const fs = require('node:fs');
    fs.appendFileSync('calls', 'npm ');
    fs.writeFileSync('package-lock.json', '{"rewritten":true}');
    fs.mkdirSync('node_modules/vite/bin', { recursive: true });
    fs.copyFileSync('vite.js', 'node_modules/vite/bin/vite.js');
    process.exit(fs.existsSync('no-network') ? 1 : 0);`;
  const vite = `
    const fs = require('node:fs');
    const source = fs.readFileSync('src.ts', 'utf8');
    fs.appendFileSync('../calls', 'vite ');
    fs.rmSync('build', { recursive: true, force: true });
    fs.mkdirSync('build');
    if (source.includes('broken')) throw new Error('cannot compile');
    fs.writeFileSync('build/index.html', source);`;
  const all = {
    'package.json': '{ "type": "commonjs" }',
    'package-lock.json': '{ "packages": { "": {}, "node_modules/a": { "version": "1.0.0" } } }',
    'npm/npm-cli.js': npm,
    'vite.js': vite,
    calls: '',
    'hub/main.ts': "console.log('ready'); process.exit(process.argv[2] ? Number(process.argv[2]) : 0);",
    ...files,
  };
  for (const [path, content] of Object.entries(all)) write(path, content);
  const boot = (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const child = spawn(process.execPath, [join(root, 'hub/start/boot.mjs'), ...args], {
      cwd: '/',
      env: {
        ...process.env,
        CI: '',
        LC_ALL: 'en',
        npm_execpath: join(root, 'npm/npm-cli.js'),
        npm_lifecycle_event: '',
        ...env,
      },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  };
  const run = async (...args: string[]) => {
    const child = boot(args);
    const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { said: output + errors, code };
  };
  return { root, write, read, run, boot };
}

test('installs what is missing, says so, leaves the lock as it was, and not twice', async () => {
  const { run, read, write, root } = house();
  const lock = read('package-lock.json');
  const first = await run('start');
  expect(first.said).toMatch(/Installing packages .*\n(.*\n)*Packages installed in \d+ s\.\n(.*\n)*ready\n$/);
  expect(read('calls')).toBe('npm ');
  expect(read('package-lock.json')).toBe(lock);

  expect((await run('start')).said).not.toContain('nstall');
  expect(read('calls')).toBe('npm ');

  write('package-lock.json', lock.replace('1.0.0', '1.0.1'));
  await run('start');
  expect(read('calls')).toBe('npm npm ');

  // Somebody ran npm by hand: its own account of what is there matches.
  write('package-lock.json', lock);
  write('node_modules/.package-lock.json', '{ "packages": { "node_modules/a": { "version": "1.0.0" } } }');
  await run('start');
  expect(read('calls')).toBe('npm npm ');
  rmSync(join(root, 'node_modules'), { recursive: true });
  await run('start');
  expect(read('calls')).toBe('npm npm npm ');
});

test('an install that fails ends the start with the way out, and is tried again', async () => {
  const { run, root, read } = house({ 'no-network': '' });
  const failed = await run('start');
  expect(failed).toMatchObject({
    code: 1,
    said: expect.stringMatching(/✗ npm install failed: see what it says above/),
  });
  expect(failed.said).not.toContain('ready');
  rmSync(join(root, 'no-network'));
  expect((await run('start')).said).toContain('ready');
  expect(read('calls')).toBe('npm npm ');
});

test('builds what changed; a build that fails leaves the one before it and says so', async () => {
  const { run, write, read } = house({ 'console/vite.config.ts': '', 'console/src.ts': 'one' });
  expect((await run('start')).said).toMatch(/Building the console …\nBuilt in .*\n(.*\n)*ready/);
  await run('start');
  expect(read('calls')).toBe('npm vite ');

  write('console/src.ts', 'broken');
  const broken = await run('start');
  expect(broken.code).toBe(0);
  for (const part of ['cannot compile', 'the build before stays in use', 'ready']) expect(broken.said).toContain(part);
  expect(read('console/build/index.html')).toBe('one');

  write('console/src.ts', 'two');
  await run('start');
  expect(read('console/build/index.html')).toBe('two');
  expect((await run('build')).code).toBe(0);
  expect(read('calls')).toBe('npm vite vite vite ');
});

test('a first build that fails ends the start', async () => {
  const { run } = house({ 'console/vite.config.ts': '', 'console/src.ts': 'broken' });
  const failed = await run('start');
  expect(failed.code).toBe(1);
  expect(failed.said).toMatch(/could not be built: see above/);
  expect(failed.said).not.toContain('ready');
});

test('hands on arguments and exit code', async () => {
  const { run } = house();
  expect((await run('start', '7')).code).toBe(7);
  expect((await run('run', 'hub/main.ts', '3')).code).toBe(3);
  expect((await run('nonsense')).code).toBe(1);
});

const patient = `
  let asked = 0;
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ++asked);
  process.on('disconnect', () => process.exit(0));
  setInterval(() => asked && setTimeout(() => (console.log('asked', asked), process.exit(9)), 200).unref(), 10);
  console.log('ready', process.pid);`;

/** The hub's process number, once it has said that it is ready. */
const ready = (child: ChildProcess) =>
  new Promise<number>((resolve) => {
    (child.stdout as Readable).on('data', (chunk) => {
      const pid = /ready (\d+)/.exec(String(chunk))?.[1];
      if (pid) resolve(Number(pid));
    });
  });

test.each(['SIGINT', 'SIGTERM'] as const)('%s reaches the hub once, and its end is awaited', async (signal) => {
  const child = house({ 'hub/main.ts': patient }).boot(['start']);
  const hub = ready(child);
  const said = text(child.stdout);
  const pid = await hub;
  child.kill(signal);
  const [code] = await once(child, 'close');
  expect({ code, said: (await said).trim().split('\n').at(-1) }).toEqual({ code: 9, said: 'asked 1' });
  expect(alive(pid)).toBe(false);
});

test('a hub whose starter is killed does not stay behind', async () => {
  const child = house({ 'hub/main.ts': patient }).boot(['start']);
  const pid = await ready(child);
  child.kill('SIGKILL');
  expect(await gone(pid, 5_000)).toBe(true);
});
