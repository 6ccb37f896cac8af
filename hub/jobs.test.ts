import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { bullJobs, type Handlers, type Jobs } from './jobs.ts';
import { cloneDatabase } from './start/cloneDatabase.ts';
import { needs } from './test/needs.ts';
import { testRedis } from './test/redis.ts';

const log = pino({ level: 'silent' });
const redisServer = needs('redis-server');

/** The same promises on both backends. */
const backends = [
  { name: 'PostgreSQL', skip: false, open: async () => ({ databaseUrl: await cloneDatabase() }) },
  {
    name: 'Redis',
    skip: !redisServer,
    open: async () => ({ databaseUrl: 'postgres://unused', redisUrl: (await testRedis(redisServer!)).url }),
  },
];

function nothing(over: Partial<Handlers> = {}): Handlers {
  const done = async () => {};
  return { deliver: done, pair: done, media: done, profile: done, recalled: done, tick: done, ...over };
}
function open(options: { databaseUrl: string; redisUrl?: string }): Jobs {
  const jobs = bullJobs({ ...options, log });
  onTestFinished(() => jobs.close());
  return jobs;
}

for (const { name, skip, open: backend } of backends) {
  describe.skipIf(skip)(name, () => {
    test('a job comes to its handler with its ids, once, whichever hub takes it', async () => {
      const options = await backend();
      const [one, two] = [open(options), open(options)];
      const heard: string[] = [];
      const media: Handlers['media'] = async ({ mediaIds }) => void heard.push(...mediaIds);
      await Promise.all([one.start(nothing({ media })), two.start(nothing({ media }))]);
      for (let number = 0; number < 20; number++) one.add('media', { organisationId: 'o', mediaIds: [String(number)] });
      await vi.waitFor(
        () =>
          expect(heard.toSorted((a, b) => Number(a) - Number(b))).toEqual(
            Array.from({ length: 20 }, (_, number) => String(number)),
          ),
        { timeout: 15_000 },
      );
    });

    test('a handler that throws is called again; a delay is kept', async () => {
      const jobs = open(await backend());
      let calls = 0;
      const times: number[] = [];
      await jobs.start(
        nothing({
          profile: async () => {
            if (++calls === 1) throw new Error('the platform is slow');
          },
          pair: async () => void times.push(performance.now()),
        }),
      );
      const begun = performance.now();
      jobs.add('profile', { organisationId: 'o', identityIds: ['i'] });
      jobs.add('pair', { organisationId: 'o' }, 700);
      await vi.waitFor(() => expect([calls, times.length]).toEqual([2, 1]), { timeout: 20_000 });
      expect(times[0]! - begun).toBeGreaterThan(600);
    });

    test('the clock ticks', async () => {
      const jobs = open(await backend());
      const tick = vi.fn(async () => {});
      await jobs.start(nothing({ tick }));
      await vi.waitFor(() => expect(tick).toHaveBeenCalled(), { timeout: 15_000 });
    });
  });
}

test('a queue that is away loses nothing but the wake: add does not throw', async () => {
  const jobs = bullJobs({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', log });
  expect(() => jobs.add('pair', { organisationId: 'o' })).not.toThrow();
});
