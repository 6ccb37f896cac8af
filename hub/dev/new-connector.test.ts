import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../test/folder.ts';
import { newConnector } from './new-connector.ts';

const HERE = fileURLToPath(new URL('../../', import.meta.url));

/** The house as far as connectors need it, in a folder of its own. */
function copy(): string {
  const root = testFolder();
  for (const part of ['connectors', 'core', 'package.json', 'tsconfig.json', 'biome.json'])
    cpSync(join(HERE, part), join(root, part), { recursive: true });
  symlinkSync(join(HERE, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(
    join(root, 'vitest.config.ts'),
    "export default { test: { include: ['connectors/**/*.test.ts'], testTimeout: 30_000 } };\n",
  );
  return root;
}

/** Runs the suite of one connector: names of what passed and what did not. */
function suite(root: string, name: string): { passed: string[]; failed: string[] } {
  spawnSync(
    process.execPath,
    [
      join(HERE, 'node_modules/vitest/vitest.mjs'),
      'run',
      `connectors/${name}/`,
      '--reporter=json',
      '--outputFile=report.json',
    ],
    { cwd: root, stdio: 'ignore' },
  );
  const report = JSON.parse(readFileSync(join(root, 'report.json'), 'utf8')) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  const all = report.testResults.flatMap((file) => file.assertionResults);
  const of = (status: string) => all.filter((one) => one.status === status).map(({ fullName }) => fullName);
  return { passed: of('passed'), failed: of('failed') };
}

/** Puts `to` in place of `from` in a file of the new connector. */
function change(root: string, path: string, ...pairs: [from: string | RegExp, to: string][]): void {
  const file = join(root, 'connectors', path);
  const before = readFileSync(file, 'utf8');
  const after = pairs.reduce((text, [from, to]) => text.replaceAll(from, to), before);
  expect(after, path).not.toBe(before);
  writeFileSync(file, after);
}

const event = (more: object) => JSON.stringify({ events: [{ id: 'e1', at: 1_760_000_000_000, from: 'u1', ...more }] });

describe('npm run new:connector', () => {
  test('writes a suite that is red where the author fills in, and green when he has', () => {
    const root = copy();
    newConnector('qq-bot', root);
    const { passed, failed } = suite(root, 'qq-bot');
    for (const red of [
      'has a name for addresses and tables, and a label in both languages',
      'labels every field in both languages',
      'takes what is signed',
      'has fixtures to go by',
      'does not know it, keeps it as “somethingNew”',
      'and gives the platform’s ids in order',
      'and tells all ways to fail apart',
    ])
      expect(
        failed.some((name) => name.includes(red)),
        red,
      ).toBe(true);
    for (const green of ['promises what a channel can carry', 'half a document', 'no connection: nothing was sent'])
      expect(
        passed.some((name) => name.includes(green)),
        green,
      ).toBe(true);

    // The afternoon: fixtures, words, answers.
    writeFileSync(join(root, 'connectors/qq-bot/fixtures/text.json'), event({ type: 'text', text: '你好' }));
    writeFileSync(
      join(root, 'connectors/qq-bot/fixtures/event-unknown.json'),
      event({ id: 'e2', type: 'somethingNew' }),
    );
    for (const file of ['config.ts', 'ways.ts', 'index.ts'])
      change(root, `qq-bot/${file}`, [/zh: ''/g, "zh: '词'"], [/en: ''/g, "en: 'word'"]);
    change(
      root,
      'qq-bot/qq-bot.test.ts',
      ['jsonAnswer(200, {})', "jsonAnswer(200, { id: 'm1' })"],
      ["['the platform’s id']", "['m1']"],
      [
        'outcomes: {}',
        `outcomes: {
          'a wrong token': { answers: jsonAnswer(401, { message: 'no' }), becomes: 'Misconfigured', code: 'bad_token' },
          'too fast': { answers: jsonAnswer(429, {}), becomes: 'Retry' },
          'bad input': { answers: jsonAnswer(400, {}), becomes: 'Refused', code: 'rejected' },
        }`,
      ],
    );
    const after = suite(root, 'qq-bot');
    expect(after.failed).toEqual([]);
    expect(after.passed.length).toBeGreaterThanOrEqual(60);
  }, 180_000);

  test('registers it, in the registry’s own form, and leaves the types whole', () => {
    const root = copy();
    newConnector('qq-bot', root);
    newConnector('telegram', root);
    const index = readFileSync(join(root, 'connectors/index.ts'), 'utf8');
    expect(index).toContain("import { qqBot } from './qq-bot/index.ts';");
    expect(index).toMatch(/\[[^\]]*, qqBot, telegram\]/);
    expect(readFileSync(join(root, 'connectors/replays.ts'), 'utf8')).toMatch(
      /'qq-bot': qqBotReplay,\s+telegram: telegramReplay,\s+\};/,
    );
    writeFileSync(
      join(root, 'tsconfig.new.json'),
      JSON.stringify({ extends: './tsconfig.json', include: ['connectors/qq-bot', 'connectors/telegram'] }),
    );
    const { stdout } = spawnSync(
      process.execPath,
      [join(HERE, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.new.json'],
      { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 },
    );
    expect(stdout.split('\n').filter((line) => /connectors\/(qq-bot|telegram)/.test(line))).toEqual([]);
  }, 180_000);

  test.each(['', 'Line', 'line', 'lib', 'a b', '../x', 'x'.repeat(40), '-x', 'x-'])('refuses the name %j', (name) => {
    expect(() => newConnector(name, HERE)).toThrow();
  });
});
