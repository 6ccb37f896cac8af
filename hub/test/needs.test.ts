import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from './folder.ts';
import { findProgram, needs } from './needs.ts';

test('a program that is there is named by its path', () => {
  const folder = testFolder();
  const place = join(folder, 'redis-server');
  writeFileSync(place, '');
  chmodSync(place, 0o755);
  expect(findProgram('redis-server', `/nowhere:${folder}`)).toBe(place);
  expect(needs('redis-server', { PATH: folder, CI: 'true' })).toBe(place);
});

test('one that is missing skips on a desk and fails in CI', () => {
  const PATH = testFolder();
  const lines: string[] = [];
  for (const CI of [undefined, '', 'false'])
    expect(needs('redis-server', { PATH, CI }, (line) => lines.push(line))).toBeUndefined();
  expect(lines).toEqual(Array(3).fill('↷ redis-server is not installed: the tests that need it are skipped.'));
  expect(() => needs('redis-server', { PATH, CI: 'true' })).toThrow(/redis-server is not installed.*apt-get install/);
});
