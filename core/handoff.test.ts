import { describe, expect, it, test } from 'vitest';
import type { Inbound } from './inbound.ts';
import { onInbound } from './reception.ts';
import { again } from './route/index.ts';
import type { Target } from './settings/index.ts';
import { answer, house } from './test/answer.ts';
import {
  become,
  CLOSED_GROUP,
  EMPTY_GROUP,
  FREE_GROUP,
  type Given,
  NOW,
  rule,
  said,
  sessionOf,
  situation,
  tapped,
  wish,
} from './test/situation.ts';
import { told } from './test/told.ts';

const OPTIONS = ' [留言 | 退出排队]';
const place = (position: number, wait?: string) =>
  [house('place', { position }), ...(wait ? [house('wait', { wait })] : [])].join('\n') + OPTIONS;
const free = { sales: FREE_GROUP, refunds: FREE_GROUP, '*': FREE_GROUP };
const empty = { sales: EMPTY_GROUP, refunds: EMPTY_GROUP, '*': EMPTY_GROUP };
const closed = { sales: CLOSED_GROUP, refunds: CLOSED_GROUP, '*': CLOSED_GROUP };
const prices = [rule('price', 'keyword', ['99'])];
const routed = (on: Target, off: Target | null = null) => ({ routing: { fallback: { on, off } } });

describe('asking for a person', () => {
  test('SW-01: somebody has to be there: he is connected, or hears that nobody is', () => {
    expect(answer(wish('human'), { session: 'bot', floor: free })).toEqual([
      'wait sales',
      `system: ${house('queued')}`,
    ]);
    expect(answer(wish('human'), { session: 'bot', floor: empty })).toEqual([
      'wait sales',
      `system: ${house('noAgent')}\n${place(3, '约3分钟')}`,
    ]);
    const leave = { reception: { nobody: 'leave' as const } };
    expect(answer(wish('human'), { session: 'bot', floor: empty, set: leave })).toEqual([
      'decided',
      'leaving true',
      `system: ${house('nobody')}\n${house('leave')}`,
    ]);
  });
  test('SW-02: the button, nobody free: he hears that he is in the queue, and where', () => {
    expect(answer(wish('human'), { session: 'bot' })).toEqual([
      'wait sales',
      `system: ${house('busy')}\n${place(3, '约3分钟')}`,
    ]);
    expect(answer(wish('human', 'refunds'), { session: 'bot' })).toEqual([
      'wait refunds',
      `system: ${house('busy')}\n${place(7, '约7分钟')}`,
    ]);
  });
  test('SW-03: a forced word is the button, people outrank answers, an ordinary word is neither', () => {
    const button = answer(wish('human'), { session: 'bot' });
    expect(answer(said('人工'), { session: 'bot' })).toEqual(['hear', ...button]);
    expect(answer(said('price 人工'), { session: 'bot', replies: prices })).toEqual(['hear', ...button]);
    expect(answer(said('price'), { session: 'bot', replies: prices })).toEqual(['hear', 'bot: 99']);
    expect(answer(said('hello'), { session: 'bot' })).toEqual(['hear']);
  });
  test('SW-04: a word of the keyword list finds somebody free, or not a word is said and the rules go on', () => {
    expect(answer(said('退款'), { session: 'bot', floor: free })).toEqual([
      'hear',
      'wait refunds',
      `system: ${house('queued')}`,
    ]);
    expect(answer(said('客服'), { session: 'bot', floor: free })[1]).toBe('wait sales');
    expect(answer(said('退款'), { session: 'bot' })).toEqual(['hear', 'decided']);
    expect(answer(said('price 退款'), { session: 'bot', replies: prices })).toEqual(['hear', 'decided', 'bot: 99']);
  });
  test('SW-04 with the silence switched off: told like anybody else', () => {
    const set = { reception: { silentKeyword: false } };
    expect(answer(said('退款'), { session: 'bot', set, floor: empty })).toEqual([
      'hear',
      'wait refunds',
      `system: ${house('noAgent')}\n${place(3, '约3分钟')}`,
    ]);
  });
  test('SW-05: in both lists the keyword list decides', () => {
    expect(answer(said('both'), { session: 'bot', floor: empty })).toEqual(['hear', 'decided']);
    expect(answer(said('both'), { session: 'bot', floor: free })[1]).toBe('wait sales');
    expect(answer(said('人工'), { session: 'bot', floor: empty })[1]).toBe('wait sales');
  });
  test('SW-06: a keyword fails after hours, and where its group has nobody who is there and free', () => {
    for (const refunds of [{ ...FREE_GROUP, open: false }, EMPTY_GROUP, { present: 3, free: 0 }])
      expect(answer(said('退款'), { session: 'bot', floor: { ...free, refunds } })).toEqual(['hear', 'decided']);
  });
  test('who waits already hears the place again, and keeps it', () => {
    const more = { ownPlace: 5 };
    const still = `system: ${house('still')}\n${place(5, '约5分钟')}`;
    expect(answer(said('人工'), { session: 'waiting', more })).toEqual(['hear', still]);
    expect(answer(said('退款'), { session: 'waiting', more })).toEqual(['hear', still]);
    expect(answer(wish('human'), { session: 'waiting', more })).toEqual([still]);
    expect(answer(said('人工'), { session: 'serving' })).toEqual(['hear']);
  });
});

describe('what he hears who is put into a queue', () => {
  const hears = (given: Given) => answer(wish('human'), { session: 'bot', ...given }).at(-1)!;
  test('SS-14, AR-15: nobody is idle: the prompt, in own words, or switched off', () => {
    const text = (noIdle: object) => hears({ set: { texts: { noIdle, queued: 'you are {position}' } } });
    expect(text({})).toBe(`system: ${house('busy')}\n${place(3, '约3分钟')}`);
    expect(text({ text: '{group}: {position}, {wait}' })).toBe(`system: sales: 3, 约3分钟${OPTIONS}`);
    expect(text({ on: false })).toBe(`system: you are 3${OPTIONS}`);
  });
  test('own wordings, for somebody free and for nobody there', () => {
    const set = { texts: { queued: 'come in', noAgent: 'gone, {wait}' } };
    expect(hears({ set, floor: free })).toBe('system: come in');
    expect(hears({ set, floor: { sales: { ...EMPTY_GROUP, pace: null } } })).toBe(
      `system: gone, 暂时无法预计${OPTIONS}`,
    );
  });
  test('place and estimate where they are shown, the estimate where there is one', () => {
    const set = (showPosition: boolean, showWait: boolean) => ({ queues: { showPosition, showWait } });
    expect(hears({ set: set(false, true) })).toBe(
      `system: ${house('busy')}\n${house('wait', { wait: '约3分钟' })}${OPTIONS}`,
    );
    expect(hears({ set: set(true, false) })).toBe(`system: ${house('busy')}\n${place(3)}`);
    expect(hears({ set: set(false, false) })).toBe(`system: ${house('busy')}${OPTIONS}`);
    expect(hears({ floor: { sales: { pace: null } } })).toBe(`system: ${house('busy')}\n${place(3)}`);
  });
  test('somebody is free, but others come first: the place is told', () => {
    expect(hears({ floor: { sales: { free: 1, waiting: 4 } } })).toBe(
      `system: ${house('queued')}\n${place(5, '约4分钟')}`,
    );
  });
  test('after hours: the hours first', () => {
    const floor = { sales: { ...CLOSED_GROUP, pace: null } };
    const set = { reception: { afterHours: 'queue' as const } };
    const opens = house('opens', { hours: '明天 09:00' });
    expect(hears({ floor, set })).toBe(`system: ${house('offHours')}\n${opens}\n${house('noAgent')}\n${place(3)}`);
  });
});

describe('AR-16, SS-07: who writes while he waits', () => {
  const writes = (toldAt: number | undefined, on = true, text = '') =>
    answer(said('hello'), {
      session: { state: 'waiting', marks: { toldAt } },
      set: { texts: { whileWaiting: { on, text } } },
      more: { ownPlace: 1 },
    });
  const still = `system: ${house('still')}\n${place(1, '约1分钟')}`;
  it.each([
    ['was never told', undefined, ['hear', still]],
    ['a minute ago', NOW - 60_000, ['hear', still]],
    ['less than a minute ago', NOW - 59_999, ['hear']],
    ['by a clock a little ahead', NOW + 5000, ['hear']],
    ['before the clock was put back an hour', NOW + 3_600_000, ['hear', still]],
  ])('AR-16: %s', (_, toldAt, steps) => expect(writes(toldAt)).toEqual(steps));
  test('SS-07: own words, or not at all', () => {
    expect(writes(undefined, true, 'patience, {position}')).toEqual(['hear', `system: patience, 1${OPTIONS}`]);
    expect(writes(undefined, false)).toEqual(['hear']);
  });
  test('what he was told last is remembered', () => {
    const session = sessionOf({ state: 'waiting' });
    const steps = onInbound(said('hello'), situation({ session }));
    expect(become(session, steps).marks.toldAt).toBe(NOW);
  });
});

describe('leaving the queue (V-08)', () => {
  const left = ['leave', `system: ${house('left')}`];
  test('V-08: with the button, the menu, its number or its words', () => {
    const menu = onInbound(wish('human'), situation({ session: 'bot' }));
    const session = become(sessionOf({ state: 'bot' }), menu);
    expect(session.state).toBe('waiting');
    expect(answer(wish('leave-queue'), { session })).toEqual(left);
    expect(answer(tapped('haina:quit', '退出排队'), { session })).toEqual(['hear', ...left]);
    for (const words of ['2', '２', '2.', '退出排队'])
      expect(answer(said(words), { session })).toEqual(['hear', ...left]);
    expect(become(session, onInbound(said('2'), situation({ session }))).state).toBe('bot');
  });
  test('V-08: elsewhere it means nothing', () => {
    for (const session of ['bot', 'serving', null] as const)
      expect(answer(wish('leave-queue'), { session })).toEqual([]);
    expect(answer(tapped('haina:quit'), { session: 'serving' })).toEqual(['hear']);
  });
  test('Q-09, V-09: a message is left from the queue, and the place is kept', () => {
    const session = become(sessionOf({ state: 'bot' }), onInbound(wish('human'), situation({ session: 'bot' })));
    const prompt = onInbound(said('1'), situation({ session }));
    expect(told(prompt)).toEqual(['hear', 'leaving true', `system: ${house('leave')}`]);
    const leaving = become(session, prompt);
    const words = onInbound(said('call me'), situation({ session: leaving }));
    expect(told(words)).toEqual(['hear', 'left sales: call me', `system: ${house('leftMessage')}`]);
    const done = become(leaving, words);
    expect(done).toMatchObject({ state: 'waiting', waitingSince: NOW });
    expect(done.marks.leaving).toBeUndefined();
    expect(told(onInbound(wish('leave-queue'), situation({ session: leaving })))).toEqual([
      'leave',
      'leaving false',
      `system: ${house('left')}`,
    ]);
  });
});

describe('a message is asked for', () => {
  const asks = (given: Given) => answer(wish('human'), { session: 'bot', ...given });
  const prompt = (...lines: string[]) => [
    'decided',
    'leaving true',
    `system: ${[...lines, house('leave')].join('\n')}`,
  ];
  const opens = house('opens', { hours: '明天 09:00' });
  test('after hours: when it opens, on the organisation’s clock and in his language', () => {
    expect(asks({ floor: closed })).toEqual(prompt(house('offHours'), opens));
    expect(asks({ floor: closed, more: { language: 'en' } }).at(-1)).toContain(
      'Somebody will be here again tomorrow 09:00.',
    );
    expect(asks({ floor: closed, set: { hours: { zone: 'Europe/Berlin' } } }).at(-1)).toContain('明天 02:00');
    expect(asks({ floor: { sales: { ...CLOSED_GROUP, opensAt: null } } })).toEqual(prompt(house('offHours')));
  });
  test('SG-05: the group’s own off-hours text, else the organisation’s', () => {
    const groups = (on: boolean) => ({ sales: { offHours: { on, text: '{group} opens {hours}' } } });
    expect(asks({ floor: closed, groups: groups(true) })).toEqual(prompt('sales opens 明天 09:00'));
    const set = { texts: { offHours: 'we open {hours}', leave: 'write!' } };
    expect(asks({ floor: closed, groups: groups(false), set }).at(-1)).toBe('system: we open 明天 09:00\nwrite!');
  });
  test('without a queue, who finds nobody free leaves a message (Q-09)', () => {
    expect(asks({ set: { queues: { on: false } } })).toEqual(prompt(house('full')));
    expect(asks({ set: { queues: { on: false } }, floor: free })[0]).toBe('wait sales');
  });
  test('because a rule says so', () => {
    const set = routed({ to: 'leave' });
    expect(asks({ set, more: { channelGroupId: null } })).toEqual(prompt());
    expect(
      asks({ set: routed({ to: 'everybody' }, { to: 'leave' }), floor: closed, more: { channelGroupId: null } }),
    ).toEqual(prompt(house('offHours'), opens));
  });
  test('his next words are it; asking again is not', () => {
    const leaving = { state: 'bot', marks: { leaving: true } } as const;
    expect(answer(said('call me'), { session: leaving })).toEqual([
      'hear',
      'left sales: call me',
      `system: ${house('leftMessage')}`,
    ]);
    const picture: Inbound = { ...said('x'), content: { type: 'image', media: {} } } as Inbound;
    expect(answer(picture, { session: leaving })[1]).toBe('left sales: [image]');
    expect(answer(said('人工'), { session: leaving, floor: free })).toEqual([
      'hear',
      'wait sales',
      `system: ${house('queued')}`,
    ]);
    const hours = { reception: { afterHours: 'hours' as const } };
    expect(answer(wish('human'), { session: leaving, floor: closed, set: hours }).slice(0, 2)).toEqual([
      'decided',
      'leaving false',
    ]);
    expect(answer(said('人工'), { session: { ...leaving, state: 'waiting' } })[1]).toBe('leaving false');
    expect(answer(wish('human'), { session: { ...leaving, state: 'waiting' } })[0]).toBe('leaving false');
    const set = { texts: { leftMessage: 'thanks' } };
    expect(answer(said('call me'), { session: leaving, set }).at(-1)).toBe('system: thanks');
  });
});

describe('the other answers', () => {
  test('only the hours', () => {
    const set = { reception: { afterHours: 'hours' as const } };
    expect(answer(wish('human'), { session: 'bot', set, floor: closed })).toEqual([
      'decided',
      `system: ${house('offHours')}\n${house('opens', { hours: '明天 09:00' })}`,
    ]);
  });
  test('RT-18, AR-21: a rule leaves him with the bot: told so, and no off-hours text', () => {
    const set = { ...routed({ to: 'everybody' }, { to: 'bot' }), texts: { offHours: 'closed' } };
    const given: Given = { session: 'bot', set, floor: closed, replies: prices, more: { channelGroupId: null } };
    expect(answer(wish('human'), given)).toEqual(['decided', `system: ${house('botStays')}`]);
    expect(answer(said('price 人工'), given)).toEqual(['hear', 'decided', `system: ${house('botStays')}`, 'bot: 99']);
    expect(answer(said('客服'), given)).toEqual(['hear', 'decided']);
  });
  test('AR-21, SG-06: turned to a human after hours, he hears the group’s off-hours text', () => {
    const groups = { sales: { offHours: { on: true, text: 'good night' }, greeting: { on: true, text: 'hi' } } };
    const set = { matching: { onlyInHours: false }, reception: { afterHours: 'queue' as const } };
    const floor = { sales: { ...FREE_GROUP, open: false } };
    expect(answer(said('人工'), { session: 'bot', groups, set, floor })).toEqual([
      'hear',
      'wait sales',
      `system: good night\n${house('queued')}`,
    ]);
  });
});

describe('what is kept of a decision', () => {
  test('the trace decides the same again', () => {
    const at = situation({ session: 'bot', set: { reception: { afterHours: 'hours' } }, floor: closed });
    const [decided] = onInbound(wish('human'), at);
    if (decided?.do !== 'decided') throw new Error('no trace');
    expect(decided.trace).toMatchObject({ versions: { routing: 3 }, asking: { via: 'button', at: NOW } });
    expect(again(structuredClone(decided.trace), at.rules.routes)).toEqual(decided.trace.decision);
  });
  test('DS-01: his level goes into the queue with him', () => {
    const set = { matching: { levels: [['vip'], ['gold', 'silver']] } };
    const level = (...tags: string[]) =>
      onInbound(wish('human'), situation({ session: 'bot', set, more: { tags } }))[0];
    expect(level('vip', 'gold')).toMatchObject({ do: 'wait', priority: 1 });
    expect(level('silver')).toMatchObject({ priority: 2 });
    expect(level()).toMatchObject({ priority: 11 });
  });
  test('RT-06: a named agent is waited for, so long', () => {
    const steps = onInbound(
      wish('human'),
      situation({ session: 'bot', agents: { amy: { free: false } }, more: { entry: { agent: 'amy' } } }),
    );
    expect(steps[0]).toMatchObject({ do: 'wait', groupId: 'sales', wanted: { agentId: 'amy', until: NOW + 60_000 } });
  });
  test('Q-04: admins hear of it, with the groups he was passed on from', () => {
    const queueRule = {
      id: 'q',
      name: 'too many',
      enabled: true,
      groupIds: null,
      over: 2,
      overflowTo: 'refunds',
      notify: true,
    };
    const floor = { refunds: { waiting: 0 } };
    const given = (notify: boolean): Given => ({
      session: 'bot',
      floor,
      set: { queues: { rules: [{ ...queueRule, notify }] } },
    });
    const steps = onInbound(wish('human'), situation(given(true)));
    expect(told(steps)).toEqual([
      'wait refunds',
      `system: ${house('busy')}\n${place(1, '约1分钟')}`,
      'alert queue sales,refunds',
    ]);
    expect(steps.at(-1)).toMatchObject({ text: 'too many' });
    expect(answer(wish('human'), given(false))).toHaveLength(2);
  });
});
