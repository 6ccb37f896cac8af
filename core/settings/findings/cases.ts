import type { z } from 'zod';
import { choiceRow, entryRow, id, queueRule, rule, toAgent, toGroup } from '../../route/example.ts';
import type { AREAS, Settings } from '../index.ts';
import type { FindingCode } from './codes.ts';

/** Documents with one thing wrong, where it is said, and the nearest ones with nothing wrong, for every code. */
type Documents = { [A in keyof Settings]?: z.input<(typeof AREAS)[A]> };
export type Case = readonly [code: FindingCode, path: string, bad: Documents, good: Documents];

const plan = (name: string, more: object = {}) => ({ id: id(name), name, ...more });
const timePlan = (name: string, monday: object[] = [{ from: '09:00', to: '18:00' }], more: object = {}) => ({
  ...plan(name, more),
  week: [monday, [], [], [], [], [], []] as { from: string; to: string }[][],
});
const hours = (...plans: ReturnType<typeof timePlan>[]): Documents => ({ hours: { plans } });
const reception = (...plans: object[]): Documents => ({ reception: { plans: plans as ReturnType<typeof plan>[] } });
const routing = (...rules: ReturnType<typeof rule>[]): Documents => ({
  routing: { rules: [entryRow, ...rules, choiceRow] },
  ...hours(timePlan('P')),
});
const queues = (...rules: ReturnType<typeof queueRule>[]): Documents => ({ queues: { rules } });
const tag = (name: string, children: object[] = []) => ({ id: id(name), name, children });
const tags = (all: object[]): Documents => ({ 'session-tags': { tags: all as ReturnType<typeof tag>[] } });
const nest = (levels: number): object => tag(`n${levels}`, levels > 1 ? [nest(levels - 1)] : []);
const rows = (count: number, under: (n: number) => object[] = () => []) =>
  Array.from({ length: count }, (_, n) => tag(`f${n}`, under(n)));
const contact = (name: string, ...names: string[]) => ({ ...plan(name), tags: names.map((one) => plan(one)) });
const contacts = (...groups: object[]): Documents => ({
  'contact-tags': { groups: groups as ReturnType<typeof contact>[] },
});
const stars = (...texts: string[]): Documents => ({
  ratings: { options: texts.map((text) => ({ text, tags: ['fast', 'kind'] })) },
});
const [web, vip] = [{ connectors: ['web'] }, { tags: { any: [id('VIP')] } }];
const asks = (when: object) => rule('one', { when: when as typeof web, on: toGroup('A') });
const timers = (given: z.input<typeof AREAS.timers>): Documents => ({ timers: given });
const leave = { reception: { nobody: 'leave' } } as const;

export const CASES: readonly Case[] = [
  [
    'duplicate-id',
    'plans.1.id',
    reception(plan('a', { when: web }), plan('a')),
    reception(plan('a', { when: web }), plan('b')),
  ],
  [
    'duplicate-id',
    'tags.0.children.0.id',
    tags([tag('a', [{ ...tag('b'), id: id('a') }])]),
    tags([tag('a', [tag('b')])]),
  ],
  [
    'name-twice',
    'plans.1.name',
    hours(timePlan('Day'), { ...timePlan('b'), name: 'ｄａｙ ' }),
    hours(timePlan('Day'), timePlan('Night'.slice(0, 5))),
  ],
  [
    'name-twice',
    'policies.1.name',
    { queues: { policies: ['p', 'q'].map((one) => ({ ...plan(one), name: 'Rush', groupIds: [id('A')] })) } },
    { queues: { policies: ['p', 'q'].map((one) => ({ ...plan(one), groupIds: [id('A')] })) } },
  ],
  [
    'name-twice',
    'groups.1.name',
    contacts(contact('g'), { ...contact('h'), name: 'G' }),
    contacts(contact('g'), contact('h')),
  ],
  [
    'row-twice',
    'rules.1',
    { routing: { rules: [entryRow, { ...entryRow, id: id('e') }, choiceRow] } },
    { routing: {} },
  ],
  ['row-missing', 'rules', { routing: { rules: [entryRow] } }, { routing: { rules: [choiceRow, entryRow] } }],
  [
    'level-tag-twice',
    'levels.2.1',
    { matching: { levels: [[id('a')], [], [id('b'), id('a')]] } },
    { matching: { levels: [[id('a')], [], [id('b')]] } },
  ],
  ['period-order', 'plans.0.week.0.0.to', hours(timePlan('p', [{ from: '18:00', to: '09:00' }])), hours(timePlan('p'))],
  [
    'period-order',
    'plans.0.week.0.0.to',
    hours(timePlan('p', [{ from: '09:00', to: '09:00' }])),
    hours(timePlan('p', [{ from: '00:00', to: '24:00' }])),
  ],
  [
    'periods-overlap',
    'plans.0.week.0.1',
    hours(
      timePlan('p', [
        { from: '09:00', to: '12:30' },
        { from: '12:00', to: '18:00' },
      ]),
    ),
    hours(
      timePlan('p', [
        { from: '13:00', to: '18:00' },
        { from: '09:00', to: '13:00' },
      ]),
    ),
  ],
  [
    'holiday-order',
    'plans.0.holidays.0.to',
    hours(timePlan('p', undefined, { holidays: [{ from: '2026-10-07', to: '2026-10-01' }] })),
    hours(timePlan('p', undefined, { holidays: [{ from: '2026-10-01', to: '2026-10-01' }] })),
  ],
  [
    'holidays-overlap',
    'plans.0.holidays.1',
    hours(
      timePlan('p', undefined, {
        holidays: [
          { from: '2026-10-01', to: '2026-10-07' },
          { from: '2026-10-07', to: '2026-10-08' },
        ],
      }),
    ),
    hours(
      timePlan('p', undefined, {
        holidays: [
          { from: '2026-10-01', to: '2026-10-07' },
          { from: '2026-10-08', to: '2026-10-08' },
        ],
      }),
    ),
  ],
  [
    'workday-twice',
    'plans.0.workdays.1.date',
    hours(
      timePlan('p', undefined, {
        workdays: ['2026-10-10', '2026-10-10'].map((date) => ({ date, periods: [{ from: '09:00', to: '18:00' }] })),
      }),
    ),
    hours(
      timePlan('p', undefined, {
        workdays: ['2026-10-10', '2026-10-11'].map((date) => ({ date, periods: [{ from: '09:00', to: '18:00' }] })),
      }),
    ),
  ],
  [
    'workday-in-holiday',
    'plans.0.workdays.0.date',
    hours(
      timePlan('p', undefined, {
        workdays: [{ date: '2026-10-07', periods: [{ from: '09:00', to: '18:00' }] }],
        holidays: [{ from: '2026-10-01', to: '2026-10-07' }],
      }),
    ),
    hours(
      timePlan('p', undefined, {
        workdays: [{ date: '2026-10-08', periods: [{ from: '09:00', to: '18:00' }] }],
        holidays: [{ from: '2026-10-01', to: '2026-10-07' }],
      }),
    ),
  ],
  [
    'never-open',
    'plans.0.week',
    hours(timePlan('p', [])),
    hours(timePlan('p', [], { workdays: [{ date: '2026-10-10', periods: [{ from: '09:00', to: '18:00' }] }] })),
  ],
  ['tags-deep', `tags${'.0.children'.repeat(10)}`, tags([nest(11)]), tags([nest(10)])],
  ['tags-first', 'tags', tags(rows(31)), tags(rows(30))],
  [
    'tags-many',
    'tags',
    tags(rows(30, (n) => Array.from({ length: n ? 33 : 14 }, (_, k) => tag(`${n}-${k}`)))),
    tags(rows(30, (n) => Array.from({ length: n ? 33 : 13 }, (_, k) => tag(`${n}-${k}`)))),
  ],
  [
    'tag-name-twice',
    'tags.0.children.1.name',
    tags([tag('a', [tag('b'), { ...tag('c'), name: 'B' }])]),
    tags([tag('a', [tag('b'), { ...tag('c'), name: 'A' }])]),
  ],
  [
    'tag-name-twice',
    'groups.0.tags.1.name',
    contacts({ ...contact('g', 'a', 'b'), tags: [plan('a'), { ...plan('b'), name: 'A' }] }),
    contacts(contact('g', 'a', 'b'), { ...contact('h'), tags: [{ ...plan('c'), name: 'a' }] }),
  ],
  [
    'never-tags',
    'rules.1.when.tags',
    routing(asks({ tags: { all: [id('a')], none: [id('a')] } })),
    routing(asks({ tags: { all: [id('a')], none: [id('b')] } })),
  ],
  [
    'never-tags',
    'rules.1.when.tags',
    routing(asks({ tags: { any: [id('a'), id('b')], none: [id('b'), id('a')] } })),
    routing(asks({ tags: { any: [id('a'), id('b')], none: [id('b')] } })),
  ],
  [
    'never-single',
    'rules.1.when.tags.all',
    {
      ...routing(asks({ tags: { all: [id('a'), id('b')] } })),
      ...contacts({ ...contact('g', 'a', 'b'), multiple: false }),
    },
    { ...routing(asks({ tags: { all: [id('a'), id('b')] } })), ...contacts(contact('g', 'a', 'b')) },
  ],
  [
    'never-entry',
    'plans.0.when.entry',
    reception(
      plan('p', {
        when: {
          entry: [
            { name: 'c', values: ['x'] },
            { name: 'c', values: ['y'] },
          ],
        },
      }),
    ),
    reception(
      plan('p', {
        when: {
          entry: [
            { name: 'c', values: ['x', 'y'] },
            { name: 'c', values: ['y'] },
          ],
        },
      }),
    ),
  ],
  [
    'never-channel',
    'rules.1.when.channelIds',
    routing(asks({ connectors: ['line'], channelIds: [id('site')] })),
    routing(asks({ connectors: ['line', 'web'], channelIds: [id('site')] })),
  ],
  [
    'plan-shadowed',
    'plans.1',
    reception(plan('a', { when: web }), plan('b', { when: { ...web, ...vip } })),
    reception(plan('b', { when: { ...web, ...vip } }), plan('a', { when: web })),
  ],
  [
    'fallback-silent',
    'fallback',
    { reception: { mode: 'human-only', fallback: 'Pardon?' } },
    { reception: { mode: 'human-only', fallback: 'Pardon?', plans: [plan('p', { when: web, mode: 'bot' })] } },
  ],
  [
    'rule-shadowed',
    'rules.2',
    routing(rule('a', { when: web, on: toGroup('A') }), rule('b', { when: { ...web, ...vip }, on: toGroup('B') })),
    routing(rule('a', { when: web, on: toAgent('ann') }), rule('b', { when: { ...web, ...vip }, on: toGroup('B') })),
  ],
  [
    'rule-shadowed',
    'rules.2',
    routing(
      rule('a', { when: web, on: toAgent('ann', 'A') }),
      rule('b', { when: { channelIds: [id('site')] }, on: toGroup('B') }),
    ),
    routing(
      rule('a', { when: web, on: toGroup('A') }),
      rule('b', { when: { channelIds: [id('line')] }, on: toGroup('B') }),
    ),
  ],
  [
    'rule-shadowed',
    'rules.2',
    routing(rule('a', { on: toGroup('A') }), rule('b', { when: vip, on: toGroup('B') })),
    routing(
      rule('a', { when: { tags: { none: [id('a')] } }, on: toGroup('A') }),
      rule('b', { when: vip, on: toAgent('ann') }),
    ),
  ],
  [
    'row-shadowed',
    'rules.2',
    { ...routing(rule('a', { on: toGroup('A') })), texts: { menu: { on: true, items: [item('m', 'Sales')] } } },
    routing(rule('a', { on: toGroup('A') })),
  ],
  [
    'row-shadowed',
    'rules.1',
    { routing: { rules: [rule('a', { on: toGroup('A') }), entryRow, choiceRow] } },
    { routing: { rules: [rule('a', { on: toGroup('A'), enabled: false }), entryRow, choiceRow] } },
  ],
  [
    'off-never',
    'rules.1.off',
    { ...routing(rule('a', { when: web, on: toGroup('A'), off: { to: 'leave' } })), hours: {} },
    routing(rule('a', { when: web, on: toGroup('A'), off: { to: 'leave' } })),
  ],
  [
    'bot-silent',
    'rules.1.on',
    { ...routing(rule('a', { when: web, on: { to: 'bot' } })), reception: { mode: 'human-only' } },
    { ...routing(rule('a', { when: web, on: { to: 'bot' } })), reception: { mode: 'human' } },
  ],
  [
    'bot-silent',
    'fallback.off',
    { ...hours(timePlan('P')), routing: { fallback: { off: { to: 'bot' } } }, reception: { mode: 'human-only' } },
    { ...hours(timePlan('P')), routing: { fallback: { off: { to: 'leave' } } }, reception: { mode: 'human-only' } },
  ],
  [
    'queue-shadowed',
    'rules.1',
    queues(queueRule('a', null, 5, 'G'), queueRule('b', ['A'], 5, 'H')),
    queues(queueRule('a', ['B'], 5, 'G'), queueRule('b', ['A'], 5, 'H')),
  ],
  [
    'queue-shadowed',
    'rules.2',
    queues(queueRule('a', ['A'], 5, 'G'), queueRule('b', ['B'], 3, 'G'), queueRule('c', ['A', 'B'], 8, 'H')),
    queues(queueRule('a', ['A'], 5, 'G'), queueRule('b', ['B'], 3, 'G'), queueRule('c', ['C'], 8, 'H')),
  ],
  [
    'queue-overlaps',
    'rules.1.groupIds',
    queues(queueRule('a', ['A', 'B'], 9, 'G'), queueRule('b', ['B', 'C'], 5, 'H')),
    queues(queueRule('a', ['A', 'B'], 9, 'G'), queueRule('b', ['C'], 5, 'H')),
  ],
  [
    'overflow-self',
    'rules.0.overflowTo',
    queues(queueRule('a', ['A'], 5, 'A')),
    queues(queueRule('a', ['A', 'B'], 5, 'A')),
  ],
  [
    'overflow-circle',
    'rules.0.overflowTo',
    queues(queueRule('a', ['A'], 5, 'B'), queueRule('b', ['B'], 5, 'C'), queueRule('c', ['C'], 5, 'A')),
    queues(queueRule('a', ['A'], 5, 'B'), queueRule('b', ['B'], 5, 'C')),
  ],
  // Q-07's example A is about G as well, and no circle.
  [
    'overflow-circle',
    'rules.1.overflowTo',
    queues(queueRule('a', ['B'], 5, 'G'), queueRule('b', ['G'], 5, 'B')),
    queues(queueRule('a', null, 5, 'G')),
  ],
  [
    'queue-idle',
    'rules.0',
    queues(queueRule('a', ['A'], 5, null, { notify: false })),
    queues(queueRule('a', ['A'], 5, null)),
  ],
  [
    'queue-off',
    'rules',
    { ...leave, queues: { on: false, rules: [queueRule('a', ['A'], 5, 'B')] } },
    { ...leave, queues: { on: false, rules: [queueRule('a', ['A'], 5, 'B', { enabled: false })] } },
  ],
  ['queue-off-waits', 'on', { queues: { on: false } }, { ...leave, queues: { on: false } }],
  [
    'policy-group-twice',
    'policies.0.groupIds.1',
    { queues: { policies: [{ ...plan('p'), groupIds: [id('A'), id('A')] }] } },
    { queues: { policies: [{ ...plan('p'), groupIds: [id('A'), id('B')] }] } },
  ],
  [
    'hold-too-long',
    'hold',
    { matching: { hold: 600 }, ...timers({ waitOver: { on: true, then: 'end', after: 600 } }) },
    { matching: { hold: 600 }, ...timers({ waitOver: { on: true, then: 'keep', after: 600 } }) },
  ],
  [
    'menu-empty',
    'menu.items',
    { texts: { menu: { on: true } } },
    { texts: { menu: { on: true, items: [{ ...item('a', 'Sales') }] } } },
  ],
  [
    'menu-twice',
    'menu.items.1.text',
    { texts: { menu: { items: [item('a', 'Sales'), item('b', 'SALES')] } } },
    { texts: { menu: { items: [item('a', 'Sales'), item('b', 'Service')] } } },
  ],
  [
    'menu-number',
    'menu.items.0.text',
    { texts: { menu: { items: [item('a', '２'), item('b', 'Service')] } } },
    { texts: { menu: { items: [item('a', '1'), item('b', '2 years')] } } },
  ],
  [
    'placeholder',
    'noIdle.text',
    { texts: { noIdle: { text: 'You are {postion}.' } } },
    { texts: { noIdle: { text: 'You are {position}, {wait}. {好}' } } },
  ],
  [
    'placeholder',
    'visitorSilent.endText',
    timers({ visitorSilent: { endText: '{name}' } }),
    timers({ visitorSilent: { endText: '{agent}' } }),
  ],
  [
    'wait-reminders-cut',
    'waitReminder',
    timers({
      waitReminder: { on: true, after: 60, every: 60, times: 3 },
      waitOver: { on: true, then: 'end', after: 180 },
    }),
    timers({
      waitReminder: { on: true, after: 60, every: 60, times: 3 },
      waitOver: { on: true, then: 'end', after: 181 },
    }),
  ],
  [
    'wait-reminders-cut',
    'waitReminder',
    timers({ waitReminder: { on: true, after: 600 }, waitOver: { on: true, then: 'end', after: 120 } }),
    timers({ waitReminder: { on: true, after: 600 }, waitOver: { on: true, then: 'keep', after: 120 } }),
  ],
  [
    'silence-cut',
    'visitorSilent',
    timers({ visitorSilent: { on: true, after: 600, reminders: 2 }, inactive: { on: true, after: 1200 } }),
    timers({ visitorSilent: { on: true, after: 600, reminders: 2 }, inactive: { on: true, after: 1800 } }),
  ],
  [
    'silence-never',
    'visitorSilent',
    timers({ visitorSilent: { on: true, after: 600, reminders: 2 }, inactive: { on: true, after: 1500 } }),
    timers({ visitorSilent: { on: true, after: 600, reminders: 2 }, inactive: { on: false, after: 1500 } }),
  ],
  [
    'silence-day',
    'visitorSilent',
    timers({ visitorSilent: { on: true, after: 43_200, reminders: 2 } }),
    timers({ visitorSilent: { on: true, after: 43_200, reminders: 1 } }),
  ],
  [
    'reminder-unsaid',
    'visitorSilent.text',
    timers({ visitorSilent: { reminders: 0, text: 'Still there?' } }),
    timers({ visitorSilent: { reminders: 1, text: 'Still there?' } }),
  ],
  [
    'alarm-mute',
    'agentSilent',
    timers({ agentSilent: { mark: false, alarm: false } }),
    timers({ agentSilent: { mark: false, alarm: false, tell: { on: true } } }),
  ],
  [
    'answer-too-late',
    'answerWithin',
    { transfers: { confirm: true, answerWithin: 600 }, ...timers({ inactive: { on: true, after: 600 } }) },
    { transfers: { confirm: true, answerWithin: 599 }, ...timers({ inactive: { on: true, after: 600 } }) },
  ],
  ['window-endless', 'valid', { ratings: { valid: null } }, { ratings: { valid: 60 } }],
  [
    'least-zero',
    'least',
    { ratings: { least: { on: true, visitor: 0, agent: 0 } } },
    { ratings: { least: { on: true, visitor: 0, agent: 1 } } },
  ],
  [
    'least-unused',
    'least',
    { ratings: { autoInvite: false, least: { on: true } } },
    { ratings: { autoInvite: true, least: { on: true } } },
  ],
  [
    'option-twice',
    'options.4.text',
    stars('bad', 'poor', 'fair', 'good', 'Good'),
    stars('bad', 'poor', 'fair', 'good', 'best'),
  ],
  ['option-number', 'options.0.text', stars('5', '4', '3', '2', '1'), stars('1', '2', '3', '4', '5')],
  [
    'option-tag-twice',
    'options.0.tags.1',
    { ratings: { options: ['a', 'b', 'c', 'd', 'e'].map((text, n) => ({ text, tags: n ? [] : ['fast', 'Fast'] })) } },
    stars('a', 'b', 'c', 'd', 'e'),
  ],
  [
    'resolved-same',
    'resolved.no',
    { ratings: { resolved: { on: true, yes: 'Yes', no: 'yes' } } },
    { ratings: { resolved: { on: true, yes: 'Yes', no: 'No' } } },
  ],
];

function item(name: string, text: string) {
  return { id: id(name), text, groupId: id('A') };
}
