import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Live, type News, type OpenWire, overPostgres, overRedis, wiredLive } from './live.ts';
import { cloneDatabase } from './start/cloneDatabase.ts';
import { needs } from './test/needs.ts';
import { testRedis } from './test/redis.ts';

const log = pino({ level: 'silent' });
const redisServer = needs('redis-server');
const wires: { name: string; skip: boolean; open: () => Promise<OpenWire> }[] = [
  { name: 'PostgreSQL', skip: false, open: async () => overPostgres(await cloneDatabase(), log) },
  { name: 'Redis', skip: !redisServer, open: async () => overRedis((await testRedis(redisServer!)).url, log) },
];

async function hub(id: string, wire: OpenWire): Promise<{ live: Live; heard: [string, News[]][] }> {
  const live = await wiredLive(id, wire, log);
  onTestFinished(() => live.close());
  const heard: [string, News[]][] = [];
  live.subscribe((organisationId, news) => void heard.push([organisationId, news]));
  return { live, heard };
}

for (const { name, skip, open } of wires) {
  describe.skipIf(skip)(name, () => {
    test('one hub hears itself at once with the rows, another soon after with ids only', async () => {
      const wire = await open();
      const [a, b] = [await hub('a', wire), await hub('b', wire)];
      // The one that was there first has to have heard of the second.
      await vi.waitFor(
        async () => {
          a.live.publish('org', [{ kind: 'contact', id: 'c' }]);
          await vi.waitFor(() => expect(b.heard.length).toBeGreaterThan(0), { timeout: 300 });
        },
        { timeout: 10_000 },
      );
      a.heard.length = b.heard.length = 0;
      const rows = { session: {}, messages: [], events: [], changed: [] } as never;
      a.live.publish('org', [{ kind: 'session', id: 's', from: 1, to: 2, rows }]);
      expect(a.heard).toEqual([['org', [{ kind: 'session', id: 's', from: 1, to: 2, rows }]]]);
      await vi.waitFor(() => expect(b.heard).toEqual([['org', [{ kind: 'session', id: 's', from: 1, to: 2 }]]]), {
        timeout: 5_000,
      });
    });

    test('a flood of news arrives whole and in order, whatever a single text may carry', async () => {
      const wire = await open();
      const [a, b] = [await hub('a', wire), await hub('b', wire)];
      await vi.waitFor(
        async () => {
          a.live.publish('org', [{ kind: 'contact', id: 'hello' }]);
          await vi.waitFor(() => expect(b.heard.length).toBeGreaterThan(0), { timeout: 300 });
        },
        { timeout: 10_000 },
      );
      b.heard.length = 0;
      const many = Array.from(
        { length: 500 },
        (_, index): News => ({ kind: 'contact', id: `${index}`.padStart(36, '0') }),
      );
      a.live.publish('org', many);
      for (const item of many) a.live.publish('org', [item]);
      await vi.waitFor(() => expect(b.heard.flatMap(([, news]) => news)).toEqual([...many, ...many]), {
        timeout: 10_000,
      });
    });
  });
}

test('where one hub is all, news costs nothing on the wire', async () => {
  const sent: string[] = [];
  const live = await wiredLive(
    'only',
    async () => ({ send: async (text) => void sent.push(text), close: async () => {} }),
    log,
  );
  onTestFinished(() => live.close());
  const before = sent.length;
  live.publish('org', [{ kind: 'contact', id: 'c' }]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(sent.length).toBe(before);
});
