import { describe, expect, it } from 'vitest';
import type { Connector, MediaStream } from '../connector.ts';
import { BROKEN_ANSWERS, isTold, KINDS } from './failures.ts';
import type { Answers, ContractOptions } from './options.ts';
import { mustKeep, secretsOf } from './secrets.ts';
import { fakeFetch, fakeTools } from './tools.ts';

/** Handles that nobody made: what a database or a stranger may have put there. */
const HOSTILE = [
  '',
  '../../secret',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data',
  'https://user:pass@internal.example/x',
  'a\r\nx-header: y',
  '%2e%2e%2f',
  '{"url":"gopher://x"}',
  'x'.repeat(2000),
];

/** Files that customers sent: had, or told why not. */
export function media<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, fixtures, sign, media: given, vault } = options;
  const secrets = secretsOf(connector, options);
  const open = async (source: string, answers: Answers) => {
    const { fetch, asked } = fakeFetch(answers);
    const tools = fakeTools(fetch, connector.hosts, vault);
    const result: unknown = await connector.media?.(source, config, tools).catch((error: unknown) => error);
    mustKeep(secrets, result, tools);
    return { result, asked };
  };

  describe('opens customers’ files', () => {
    it('wherever it says that there is one', () => {
      for (const [name, body] of Object.entries(fixtures)) {
        const { events } = connector.receive(sign(new TextEncoder().encode(body), config), config);
        for (const event of events) {
          if (event.kind !== 'message' && event.kind !== 'echo') continue;
          const file = 'media' in event.content ? event.content.media : undefined;
          if (!file?.source) continue;
          expect(connector.media ?? connector.link, `${name} has a file, and nothing opens it`).toBeDefined();
          expect(file.source.length, name).toBeLessThanOrEqual(2000);
        }
      }
    });
    if (!connector.media) return;

    it('and whatever the platform answers, it is told apart', async () => {
      for (const [what, answers] of BROKEN_ANSWERS) {
        const { result } = await open(given?.source ?? 'a-handle-of-a-test', answers);
        if (result instanceof Error) expect(isTold(result), `${what}: ${result.name}: ${result.message}`).toBe(true);
      }
    });
    it('of its own making only: a made-up handle goes nowhere it should not', async () => {
      for (const source of HOSTILE) {
        const { result, asked } = await open(source, { status: 404 });
        expect(isTold(result), `${source}: ${String(result)}`).toBe(true);
        for (const { url } of asked) {
          expect(url, source).toMatch(/^https:\/\//);
          expect(new URL(url).username, source).toBe('');
        }
      }
    });
    if (!given) return;
    it('as a stream of the very bytes', async () => {
      const { result } = await open(given.source, given.good.answers);
      if (result instanceof Error) throw result;
      const { stream, mime } = result as MediaStream;
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      const { bytes: right } = given.good;
      if (right !== undefined)
        expect(bytes).toEqual(typeof right === 'string' ? new TextEncoder().encode(right) : right);
      if (given.good.mime) expect(mime?.split(';')[0]).toBe(given.good.mime);
    });
    it.each(Object.entries(given.outcomes))('%s', async (_, { answers, becomes, code }) => {
      const { result } = await open(given.source, answers);
      expect(result).toBeInstanceOf(KINDS[becomes]);
      if (code !== undefined) expect(result).toMatchObject({ code });
    });
  });
}
