import { expect, test } from 'vitest';
import { StartProblem } from '../problem.ts';
import { bareEnvironment, describeServerError } from './complaint.ts';

/** As PostgreSQL 18 writes them. */
const words: [string, RegExp][] = [
  [
    'initdb: error: could not create directory "/d/pg_wal": No space left on device',
    /^The disk that holds \/d is full/,
  ],
  ['FATAL:  could not extend file "base/1/2606": wrote only 4096 of 8192 bytes at block 4', /is full/],
  ['FATAL:  could not open file "global/pg_filenode.map": Permission denied', /^The data folder \/d cannot be written/],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', /^There is not enough memory/],
  [
    '/x/postgres: error while loading shared libraries: libxml2.so.2: cannot open shared object',
    /library libxml2\.so\.2/,
  ],
  ['LOG:  starting\n2026 [1] FATAL:  something new\nLOG:  shut down', /did not start \(something new\): see \/d\.log/],
];

test.each(words)('%s', (said, sentence) => {
  const problem = describeServerError(said, '/d');
  expect(problem).toBeInstanceOf(StartProblem);
  expect((problem as StartProblem).message).toMatch(sentence);
});

test('a binary that cannot be run at all is the error itself', () => {
  const error = Object.assign(new Error('spawn'), { code: 'ENOEXEC' });
  expect(describeServerError('', '/d', error)).toBe(error);
});

test('the server is told nothing of ours', () => {
  process.env.SECRET_KEY = 'hunter2';
  expect(Object.keys(bareEnvironment()).sort()).toEqual(['LC_ALL', 'PATH']);
  delete process.env.SECRET_KEY;
});
