import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { prepareDataFolder } from './folder.ts';
import { StartProblem } from './problem.ts';

test('a folder several steps down is made, and is there for the second time', () => {
  const folder = join(testFolder(), 'a', 'b', 'data');
  prepareDataFolder(folder);
  prepareDataFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
});

test('a folder below a file is refused in one sentence', () => {
  const file = join(testFolder(), 'file');
  writeFileSync(file, '');
  expect(() => prepareDataFolder(join(file, 'data'))).toThrow(StartProblem);
  expect(() => prepareDataFolder(file)).toThrow(StartProblem);
});

// Node's recursive mkdir spins for ever here: the folder above is there, and yet the answer is ENOENT.
test.skipIf(!existsSync('/proc/self'))('a folder nobody can make is refused, not tried for ever', () => {
  expect(() => prepareDataFolder('/proc/haina/data')).toThrow(/cannot be written to/);
});
