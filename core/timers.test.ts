import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaults, Matching, Timers } from './settings/index.ts';
import { AGENT, find, GROUP, HOUR, life, MINUTE, OPENED, OTHER } from './timers/life.ts';
import { deadline, due } from './timers.ts';

vi.setConfig({ testTimeout: 60_000 }); // thousands of runs on a busy machine

const on = fc.boolean();
const after = fc.integer({ min: 10, max: 20 * 3600 });
const timers = fc
  .record({
    agentSilent: fc.record({ on, after, mark: on, tell: fc.record({ on }), alarm: on }),
    visitorSilent: fc.record({ on, after, reminders: fc.nat(3) }),
    inactive: fc.record({ on, after: fc.integer({ min: 60, max: 86_400 }) }),
    waitReminder: fc.record({ on, after, every: after, times: fc.integer({ min: 1, max: 3 }), leaveButton: on }),
    waitOver: fc.record({ on, after: fc.integer({ min: 30, max: 86_400 }), then: fc.constantFrom('end', 'keep') }),
    bot: fc.record({ on, after: fc.integer({ min: 60, max: 3600 }) }),
  })
  .map((given) => Timers.parse(given));
const silent = fc.record({ on, after: fc.integer({ min: 10, max: 3600 }) });
const ACTS = [
  'visitor',
  'agent',
  'wait',
  'wanted',
  'serve',
  'other',
  'leave',
  'lock',
  'unlock',
  'offer',
  'hush',
  'tick',
] as const;
const lives = fc.record({
  timers,
  silent,
  acts: fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.integer({ min: 0, max: 4 * 3600 })), { maxLength: 15 }),
});
type Lived = typeof lives extends fc.Arbitrary<infer T> ? T : never;

/** Lives through the acts, each so many seconds after the one before; what cannot happen in a state does not. */
function lived({ timers: given, silent: loses, acts }: Lived) {
  const settings = { ...defaults(), timers: given, matching: Matching.parse({ silent: loses }) };
  const one = life(settings);
  let at = 0;
  for (const [act, pause] of acts) {
    at += pause * 1000;
    const { state } = one.session;
    if (state === 'closed') break;
    if (act === 'visitor') one.visitor(at);
    else if (act === 'agent' && state === 'serving') one.agent(at);
    else if (act === 'wait' && state !== 'waiting') one.wait(at);
    else if (act === 'wanted') one.wait(at, { wanted: { agentId: AGENT, until: OPENED + at + MINUTE } });
    else if (act === 'serve' && state !== 'serving') one.serve(at);
    else if (act === 'other') one.serve(at, OTHER);
    else if (act === 'leave' && state === 'waiting') one.put(at, { do: 'leave' });
    else if (act === 'lock' || act === 'unlock') one.lock(at, act === 'lock');
    else if (act === 'offer' && state === 'serving')
      one.put(at, { do: 'offer', byId: AGENT, toAgentId: OTHER, until: OPENED + at + MINUTE });
    else if (act === 'hush') one.put(at, { do: 'hush' });
    else if (act === 'tick') one.tick(at);
  }
  return { ...one, settings, at };
}

describe('any session under any settings', () => {
  it('SS-17 to SS-23: nothing is due before the deadline, something at it, and it moves on', () => {
    fc.assert(
      fc.property(lives, fc.nat(100), fc.nat(10 * 3600), (given, part, late) => {
        const one = lived(given);
        const next = one.next();
        if (next === null) {
          expect(one.look(one.at + 40 * 24 * HOUR)).toEqual([]);
          return;
        }
        // A clock that jumped back, and any moment on the way there.
        expect(one.look(next - 1)).toEqual([]);
        expect(one.look(-24 * HOUR)).toEqual([]);
        expect(one.look(Math.floor(((next - 1) * part) / 100))).toEqual([]);
        const now = next + late * 1000;
        expect(one.tick(now).length).toBeGreaterThan(0);
        const then = one.next();
        if (then !== null) expect(then).toBeGreaterThan(now);
        expect(one.tick(now)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('SS-18 to SS-22: left alone, no session wakes for ever', () => {
    fc.assert(
      fc.property(lives, (given) => {
        const one = lived(given);
        let wakes = 0;
        for (let next = one.next(); next !== null; next = one.next()) {
          one.tick(next);
          if (++wakes > 20) throw new Error('wakes and wakes');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('A-17: no timer ends a locked session', () => {
    fc.assert(
      fc.property(lives, (given) => {
        const one = lived(given);
        if (one.session.state === 'closed') return;
        one.lock(one.at);
        for (let next = one.next(); next !== null; next = one.next())
          expect(find(one.tick(next), 'close')).toBeUndefined();
        expect(one.session.state).not.toBe('closed');
      }),
      { numRuns: 1000 },
    );
  });

  it('SS-22: a customer his agent has asked is never kept longer than a day, unless locked', () => {
    fc.assert(
      fc.property(lives, (given) => {
        const one = lived({
          ...given,
          timers: { ...given.timers, visitorSilent: { ...given.timers.visitorSilent, on: true } },
        });
        if (one.session.state !== 'serving' || one.session.locked) return;
        one.agent(one.at);
        let last = one.at;
        for (let next = one.next(); next !== null; next = one.next()) one.tick((last = next));
        expect(one.session.state).toBe('closed');
        expect(last - one.at).toBeLessThanOrEqual(24 * HOUR);
      }),
      { numRuns: 1000 },
    );
  });
});

it('decides in far less than ten microseconds', () => {
  const one = lived({
    timers: Timers.parse({ visitorSilent: { on: true }, inactive: { on: true } }),
    silent: { on: true, after: 120 },
    acts: [
      ['wait', 1],
      ['serve', 1],
      ['agent', 1],
    ],
  });
  const about = {
    settings: one.settings,
    language: 'zh',
    at: OPENED + HOUR,
    position: null,
    newId: () => GROUP,
  } as const;
  const cost = (work: () => unknown) => {
    for (let i = 0; i < 10_000; i++) work();
    const started = performance.now();
    for (let i = 0; i < 50_000; i++) work();
    return (performance.now() - started) / 50;
  };
  expect(due(one.session, about).length).toBeGreaterThan(0);
  expect(cost(() => deadline(one.session, one.settings))).toBeLessThan(10);
  expect(cost(() => due(one.session, about))).toBeLessThan(20);
});
