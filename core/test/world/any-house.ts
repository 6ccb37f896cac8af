import fc from 'fast-check';
import { OFF_HOURS } from '../../off-hours.ts';
import { act } from './any-act.ts';
import { group, on, spoken, tags } from './any-rules.ts';
import { settings } from './any-settings.ts';
import { GROUPS } from './names.ts';

/** A random organisation on a random day: its settings, people, channels, and what happens. */

const staff = fc.record({
  groups: fc.subarray([...GROUPS]),
  status: fc.constantFrom('online' as const, 'online' as const, 'busy' as const, 'away' as const, 'invisible' as const),
  connected: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  cap: fc.nat(2),
});
const channel = fc.record({
  id: fc.constantFrom('ch1', 'ch2', 'ch3'),
  connector: fc.constantFrom('web', 'line', 'wechat', 'whatsapp', 'weibo'),
  groupId: fc.option(group),
  text: fc.constantFrom(200, 2000, 20_000),
  menu: fc.constantFrom(undefined, { options: 2, text: 20 }, { options: 10, text: 30 }),
  rating: on,
  offHours: fc.option(fc.record({ show: fc.constantFrom(...OFF_HOURS), text: fc.constantFrom('', 'closed') }), {
    freq: 3,
  }),
});
const person = fc.record({
  channel,
  tags,
  language: fc.constantFrom('zh' as const, 'en' as const, 'ja' as const),
  entry: fc.constantFrom<Record<string, string>[]>(
    {},
    {},
    {},
    { group: 'g2' },
    { agent: 'a1' },
    { overflow: 'policy' },
    { mode: 'human' },
    { mode: 'human-only', page: 'cart' },
  ),
});
const groupTexts = fc.record({ planId: fc.constantFrom(null, 'p1', 'p2'), greeting: spoken, offHours: spoken });

export const house = fc.record({
  settings,
  /** Any minute of two years, so that clocks change too. */
  at: fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minutes) => Date.UTC(2026, 0, 1) + minutes * 60_000),
  staff: fc.tuple(staff, staff, staff, staff),
  people: fc.tuple(person, person, person),
  groups: fc.tuple(groupTexts, groupTexts, groupTexts),
  acts: fc.array(act, { minLength: 1, maxLength: 14 }),
});
export type House = typeof house extends fc.Arbitrary<infer T> ? T : never;
