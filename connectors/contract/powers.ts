import { describe, expect, it } from 'vitest';
import type { CheckPoint, Connector, Upkeep } from '../connector.ts';
import { BROKEN_ANSWERS, isTold, KINDS } from './failures.ts';
import type { Answers, ContractOptions, Power } from './options.ts';
import { mustKeep, secretsOf } from './secrets.ts';
import { fakeFetch, fakeTools } from './tools.ts';

const CALLBACK = 'https://hub.example/webhooks/x/key';

/** Everything beside sending and files: each power does what it says, or says what to do next. */
export function powers<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, calls = {}, send, vault } = options;
  const secrets = secretsOf(connector, options);
  const to = send?.batch.to ?? 'a-customer-of-a-test';
  const usual: Record<Power, unknown> = {
    recall: { to, externalId: 'a-message-of-a-test' },
    templates: undefined,
    upkeep: undefined,
    profile: to,
    markRead: 'a-receipt-of-a-test',
    typing: to,
  };
  const present = (Object.keys(usual) as Power[]).filter((power) => connector[power]);

  const tools = (answers: Answers) => {
    const { fetch, asked } = fakeFetch(answers);
    return { asked, tools: fakeTools(fetch, connector.hosts, vault) };
  };
  const call = async (power: Power, answers: Answers): Promise<unknown> => {
    const { tools: lent, asked } = tools(answers);
    const argument = calls[power]?.with ?? usual[power];
    const act = connector[power] as (...args: unknown[]) => Promise<unknown>;
    const args = argument === undefined ? [config, lent] : [argument, config, lent];
    const result = await act.apply(connector, args).catch((error: unknown) => error);
    mustKeep(secrets, result, lent);
    const hosts = Object.values(connector.hosts);
    for (const { url } of asked)
      expect(
        hosts.some((host) => url.startsWith(`${host}/`)),
        url,
      ).toBe(true);
    return result;
  };

  describe.runIf(present.length > 0)('has powers that', () => {
    it.each(present)('%s: fails in words that say what to do next', async (power) => {
      for (const [what, answers] of BROKEN_ANSWERS) {
        const result = await call(power, answers);
        if (result instanceof Error) expect(isTold(result), `${what}: ${result.name}: ${result.message}`).toBe(true);
        else if (power === 'upkeep') sane(connector, config, result as Upkeep);
      }
    });
    for (const [power, { good, outcomes = {} }] of Object.entries(calls)) {
      it(`${power}: does it`, async () => {
        const result = await call(power as Power, good.answers);
        if (result instanceof Error) throw result;
        if ('gives' in good) expect(result).toEqual(good.gives);
        if (power === 'upkeep') sane(connector, config, result as Upkeep);
      });
      it.each(Object.entries(outcomes))(`${power}: %s`, async (_, { answers, becomes, code }) => {
        const result = await call(power as Power, answers);
        if (typeof becomes === 'object') return expect(result).toEqual(becomes.gives);
        expect(result).toBeInstanceOf(KINDS[becomes]);
        if (code !== undefined) expect(result).toMatchObject({ code });
      });
    }
  });

  describe.runIf(connector.check !== undefined)('checks itself', () => {
    it('and tells in both languages what is wrong and how to mend it, whatever is broken', async () => {
      for (const [what, answers] of BROKEN_ANSWERS) {
        const { tools: lent } = tools(answers);
        const result: unknown = await connector.check?.(config, lent, CALLBACK).catch((error: unknown) => error);
        mustKeep(secrets, result, lent);
        if (result instanceof Error) expect(isTold(result), `${what}: ${result.name}: ${result.message}`).toBe(true);
        else pointsAreSane(result as CheckPoint[], what);
      }
    });
  });
}

function sane<Config>(connector: Connector<Config>, config: Config, upkeep: Upkeep): void {
  const { next, points = [], config: learnt = {} } = upkeep;
  if (next !== null) expect(next).toBeGreaterThan(0);
  pointsAreSane(points, 'upkeep');
  expect(connector.config.safeParse({ ...config, ...learnt }).success, 'what was learnt fits the config').toBe(true);
}

function pointsAreSane(points: CheckPoint[], what: string): void {
  for (const { code, ok, what: said, mend } of points) {
    if (code !== undefined) expect(code, what).toMatch(/^[a-z][a-z0-9_-]*$/);
    for (const text of [said, ...(mend ? [mend] : [])])
      expect(text.zh.trim() !== '' && text.en.trim() !== '', `${what}: in both languages`).toBe(true);
    if (!ok) expect(mend, `${what}: ${said.en}`).toBeDefined();
  }
}
