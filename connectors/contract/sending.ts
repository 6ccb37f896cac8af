import { describe, expect, it } from 'vitest';
import type { Connector, Outbound } from '../connector.ts';
import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import type { Answers, ContractOptions, SendOptions } from './options.ts';
import { mustKeep, secretsOf } from './secrets.ts';
import { sendables } from './sendables.ts';
import { brokenOff, type FakeTools, fakeFetch, fakeTools, noConnection } from './tools.ts';

const KINDS = { Retry, Refused, Misconfigured, Uncertain };
const FILES = new Set(['image', 'voice', 'video', 'file']);

/** Our words to the platform, and what every answer of its means for what to do next. */
export function sending<Config>(
  connector: Connector<Config>,
  contract: ContractOptions<Config>,
  options: SendOptions,
): void {
  const { config, vault } = contract;
  const { batch, good, outcomes, uploads } = options;
  const secrets = secretsOf(connector, contract);

  const attempt = async (answers: Answers, changes: Partial<Outbound> = {}, lent: Partial<FakeTools> = {}) => {
    const { fetch, asked } = fakeFetch(answers);
    const tools = { ...fakeTools(fetch, connector.hosts, vault), ...lent };
    const result = await connector.send?.({ ...batch, ...changes }, config, tools).catch((error: unknown) => error);
    mustKeep(secrets, result, tools);
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
    it.each(['file_too_large', 'file_type_refused'])('no file that does not fit: %s', async (code) => {
      let asked = 0;
      const file = async () => {
        asked++;
        throw new Refused(code, 'It does not fit.');
      };
      for (const content of sendables(connector)) {
        if (!FILES.has(content.type)) continue;
        const before = asked;
        const { result } = await attempt(good.answers, { messages: [{ id: '1', content }] }, { file });
        if (asked > before) expect(result, content.type).toMatchObject({ name: 'Refused', code });
      }
    });
    if (!uploads) return;
    const files = sendables(connector).filter(({ type }) => FILES.has(type));
    it.each(files.map((content) => [content.type, content] as const))('a file: %s', async (_, content) => {
      const messages = [{ id: '1', content }];
      const rules: unknown[] = [];
      const { fetch, asked } = fakeFetch(uploads.answers);
      const tools = fakeTools(fetch, connector.hosts, vault);
      const file: FakeTools['file'] = (media, rule) => {
        rules.push(rule);
        return tools.file(media, rule);
      };
      const lent: FakeTools = { ...tools, file };
      const once = async () => {
        const before = asked.length;
        const result = await connector.send?.({ ...batch, messages }, config, lent);
        expect(result?.messages).toHaveLength(1);
        return asked.length - before;
      };
      const first = await once();
      // What the channel can carry is what the file is made to fit.
      for (const rule of rules) expect(Object.values(connector.can)).toContain(rule);
      if (uploads.once && rules.length > 0) expect(await once(), 'uploaded once').toBeLessThan(first);
    });
  });
}
