import { describe, expect, it } from 'vitest';
import type { Connector, Fields, Outbound } from '../connector.ts';
import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { appConfigOf } from './app.ts';
import type { Answers, ContractOptions, SendOptions } from './options.ts';
import { brokenOff, fakeFetch, fakeTools, noConnection } from './tools.ts';

const KINDS = { Retry, Refused, Misconfigured, Uncertain };

/** Our words to the platform, and what every answer of its means for what to do next. */
export function sending<Config>(
  connector: Connector<Config>,
  { config, app, vault }: ContractOptions<Config>,
  options: SendOptions,
): void {
  const { batch, good, outcomes } = options;
  const secretsIn = (fields: Fields, values: unknown) =>
    Object.entries(fields)
      .filter(([, field]) => field.secret)
      .map(([key]) => (values as Record<string, unknown>)[key]);
  const secrets = [
    ...secretsIn(connector.fields, config),
    ...(app ? secretsIn(app.kind.fields, appConfigOf(config)) : []),
    ...Object.values(vault ?? {}),
  ].filter((value): value is string => typeof value === 'string' && value.length >= 8);

  const attempt = async (answers: Answers, changes: Partial<Outbound> = {}) => {
    const { fetch, asked } = fakeFetch(answers);
    const tools = fakeTools(fetch, connector.hosts, vault);
    const result = await connector.send?.({ ...batch, ...changes }, config, tools).catch((error: unknown) => error);
    for (const line of [...tools.logged, result instanceof Error ? `${result.message} ${result.stack}` : '']) {
      for (const secret of secrets) expect(line.includes(secret), 'a secret was told').toBe(false);
    }
    return { result, asked, tools };
  };
  const isKnown = (error: unknown) => Object.values(KINDS).some((kind) => error instanceof kind);

  describe('sends', () => {
    it('and gives the platform’s ids in order', async () => {
      const { result } = await attempt(good.answers);
      expect(result).not.toBeInstanceOf(Error);
      expect((result as { messages: { externalId?: string }[] }).messages.map((message) => message.externalId)).toEqual(
        good.ids,
      );
      expect(good.ids).toHaveLength(batch.messages.length);
    });
    it('the same requests for the same batch: the platform can tell a repeat', async () => {
      expect((await attempt(good.answers)).asked).toEqual((await attempt(good.answers)).asked);
    });
    it('to its hosts only, so that a sandbox can stand in', async () => {
      for (const { url } of (await attempt(good.answers)).asked) {
        expect(
          Object.values(connector.hosts).some((host) => url.startsWith(`${host}/`)),
          url,
        ).toBe(true);
      }
    });
    it('and tells all ways to fail apart', () => {
      const told = new Set(Object.values(outcomes).map(({ becomes }) => becomes));
      for (const kind of ['Retry', 'Refused', 'Misconfigured'] as const) expect(told).toContain(kind);
    });
    it.each(Object.entries(outcomes))('%s', async (_, { answers, batch: changes, becomes, code, afterMs }) => {
      const { result } = await attempt(answers, changes);
      if (becomes === 'sent') return expect(result).toMatchObject({ messages: batch.messages.map(() => ({})) });
      expect(result).toBeInstanceOf(KINDS[becomes]);
      expect((result as Error).message).not.toBe('');
      if (code !== undefined) expect(result).toMatchObject({ code });
      if (afterMs !== undefined) expect(result).toMatchObject({ afterMs });
    });
    it.each([400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 418, 429, 500, 502, 503, 504])(
      'a bare %i is told apart, not a bug',
      async (status) => {
        for (const answers of [{ status }, { status, text: '<html>sorry' }, { status, json: [] }]) {
          const { result } = await attempt(answers);
          if (!(result instanceof Error)) continue;
          expect(isKnown(result), `${result.name}: ${result.message}`).toBe(true);
          if (result instanceof Refused || result instanceof Misconfigured)
            expect(result.code).toMatch(/^[a-z][a-z0-9_]*$/);
        }
      },
    );
    it('a success that makes no sense is no bug either', async () => {
      for (const answers of [
        { status: 200 },
        { status: 200, text: 'ok' },
        { status: 200, json: null },
        { status: 200, json: { sentMessages: 7 } },
      ]) {
        const { result } = await attempt(answers);
        if (result instanceof Error) expect(isKnown(result), `${result.name}: ${result.message}`).toBe(true);
      }
    });
    it('no connection: nothing was sent, so try again', async () => {
      expect((await attempt(noConnection())).result).toBeInstanceOf(Retry);
    });
    it('a connection that broke off: again or uncertain, never lost', async () => {
      for (const changes of [{}, { replyToken: 'token-of-a-test' }]) {
        const { result } = await attempt(brokenOff(), changes);
        expect(result instanceof Retry || result instanceof Uncertain).toBe(true);
      }
    });
  });
}
