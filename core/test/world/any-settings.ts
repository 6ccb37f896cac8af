import fc from 'fast-check';
import { TimePlan } from '../../settings/hours.ts';
import type { Settings } from '../../settings/index.ts';
import { type Changed, settingsWith } from '../situation.ts';
import { matching, on, queues, reception, routing, spoken, text } from './any-rules.ts';

/** All documents of an organisation, as any admin may have set them. */

const span = fc.constantFrom(
  [],
  [{ from: '09:00', to: '18:00' }],
  [{ from: '00:00', to: '24:00' }],
  [{ from: '01:30', to: '02:30' }],
);
const plan = fc
  .array(span, { minLength: 7, maxLength: 7 })
  .map((week) => TimePlan.parse({ id: '00000000-0000-7000-8000-0000000000aa', name: 'plan', week }));
const hours = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'UTC'),
  plans: fc.tuple(plan, plan).map(([a, b]) => [
    { ...a, id: 'p1' },
    { ...b, id: 'p2' },
  ]),
  standard: fc.constantFrom(null, 'p1'),
});
const texts = fc.record({
  welcome: spoken,
  menu: fc.record({
    on,
    text,
    items: fc.constantFrom(
      [],
      [
        { id: 'i1', text: 'One', groupId: 'g1' },
        { id: 'i2', text: 'Two', groupId: 'gone' },
      ],
    ),
  }),
  greeting: spoken,
  closing: spoken,
  queued: text,
  noIdle: spoken,
  noAgent: text,
  offHours: text,
  leave: text,
  leftMessage: text,
  whileWaiting: spoken,
});
const after = fc.constantFrom(60, 600, 3600);
const timers = fc.record({
  agentSilent: fc.record({ on, after, mark: on, tell: spoken, alarm: on }),
  visitorSilent: fc.record({ on, after, reminders: fc.nat(2), text, endText: text }),
  inactive: fc.record({ on, after, text }),
  waitReminder: fc.record({ on, after, every: after, text, leaveButton: on }),
  waitOver: fc.record({ on, after, then: fc.constantFrom('end', 'keep'), text }),
  bot: fc.record({ on, after, text }),
});
const ratings = fc.record({
  on,
  autoInvite: on,
  skipOneSided: on,
  skipAutoEnded: on,
  valid: fc.constantFrom(null, 60, 86_400),
  receipt: spoken,
  firstOnly: on,
  reversed: on,
});

export const settings: fc.Arbitrary<Settings> = fc
  .record({
    reception,
    routing,
    queues,
    matching,
    hours,
    texts,
    timers,
    ratings,
    transfers: fc.record({ confirm: on, greet: on }),
  })
  .map((set) => settingsWith(set as unknown as Changed));
