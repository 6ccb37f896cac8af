import { describe, expect, test } from 'vitest';
import { houseText } from '../house-text.ts';
import { homeGroup, instead, type OffHours } from '../off-hours.ts';
import { onInbound } from '../reception.ts';
import { again } from '../route/index.ts';
import type { Target } from '../settings/index.ts';
import {
  become,
  type Changed,
  CLOSED_GROUP,
  FREE_GROUP,
  type Given,
  NOW,
  rule,
  said,
  situation,
  wish,
} from '../test/situation.ts';
import { told } from '../test/told.ts';

const TEXT = 'Back on Monday';
const night = { '*': CLOSED_GROUP, sales: CLOSED_GROUP, refunds: CLOSED_GROUP };
/** Visits a plugin that is set like this; `house`: it follows the reception settings. */
const visit = (show: OffHours['show'] | 'house', given: Given = {}, text = TEXT) =>
  situation({
    floor: night,
    ...given,
    more: { ...(show !== 'house' && { offHours: { show, text, now: true } }), ...given.more },
  });
const steps = (show: OffHours['show'] | 'house', what: Parameters<typeof onInbound>[0], given?: Given) =>
  told(onInbound(what, visit(show, given)));
const leaving = `system: ${houseText('offHours', 'zh')}\n人工客服将于 明天 09:00 上线。\n${houseText('leave', 'zh')}`;

describe('V-39: after hours a plugin', () => {
  const welcome: Changed = { texts: { welcome: { on: true, text: 'hi' } } };
  test.each([
    ['house', ['open', 'system: hi']],
    ['form', []],
    ['text', []],
    ['chat', ['open', 'system: hi']],
  ] as const)('V-39: set to %s, opened', (show, expected) => {
    expect(steps(show, wish('enter'), { set: welcome })).toEqual(expected);
    // In working time all of them are the same.
    const day = { ...(show !== 'house' && { offHours: { show, text: TEXT, now: false } }) };
    expect(told(onInbound(wish('enter'), situation({ set: welcome, more: day })))).toEqual(['open', 'system: hi']);
  });

  const asked: [string, Parameters<typeof onInbound>[0], string[]][] = [
    ['his button', wish('human'), ['open']],
    ['his words', said('人工'), ['open', 'hear']],
  ];
  for (const [how, what, first] of asked)
    test.each([
      ['house', 'leave', ['decided', 'leaving true', leaving]],
      ['house', 'queue', ['wait sales', expect.stringContaining('上线')]],
      ['form', 'queue', ['decided', 'leaving true', leaving]],
      ['form', 'hours', ['decided', 'leaving true', leaving]],
      ['text', 'leave', ['decided', `system: ${TEXT}`]],
      ['text', 'queue', ['decided', `system: ${TEXT}`]],
      ['chat', 'leave', ['wait sales', expect.stringContaining('上线')]],
      ['chat', 'hours', ['wait sales', expect.stringContaining('上线')]],
    ] as const)(`V-39: set to %s, where the house says %s: who asks with ${how}`, (show, afterHours, expected) => {
      const given = { set: { reception: { afterHours } } };
      expect(steps(show, what, given)).toEqual([...first, ...expected]);
      // What was decided is decided again from its trace alone.
      const at = visit(show, given);
      const traced = onInbound(what, at).find((step) => step.do === 'wait' || step.do === 'decided');
      expect(again(traced!.trace!, at.rules.routes)).toEqual(traced!.trace!.decision);
    });

  test.each([
    ['house', []],
    ['form', ['leaving true', leaving]],
    ['text', [`system: ${TEXT}`]],
    ['chat', []],
  ] as const)('V-39, SW-01: set to %s, no word stays without an answer where the rules know none', (show, answer) => {
    expect(steps(show, said('hello'))).toEqual(['open', 'hear', ...answer]);
    const replies = [rule('price', 'keyword', ['99'])];
    expect(steps(show, said('price'), { replies })).toEqual(['open', 'hear', 'bot: 99']);
    const fallback = { set: { reception: { fallback: 'sorry?' } } };
    expect(steps(show, said('hello'), fallback)).toEqual(['open', 'hear', 'bot: sorry?']);
    // A greeting is no answer.
    const greeting = { set: { texts: { greeting: { on: true, text: 'thanks' } } } };
    expect(steps(show, said('hello'), greeting)).toEqual(['open', 'hear', 'system: thanks', ...answer]);
  });

  test('V-39: who was asked for a message leaves it with his next words', () => {
    const session = become(null, onInbound(said('hello'), visit('form')));
    expect(steps('form', said('call me'), { session })).toEqual(['hear', 'left sales: call me', expect.any(String)]);
  });
  test('V-39, AR-16: the text comes once a minute, and to who asks for a person each time', () => {
    const session = become(null, onInbound(said('hello'), visit('text')));
    expect(steps('text', said('hello'), { session })).toEqual(['hear']);
    expect(steps('text', said('人工'), { session })).toEqual(['hear', 'decided', `system: ${TEXT}`]);
    expect(steps('text', said('hello'), { session, more: { at: NOW + 60_000 } })).toEqual(['hear', `system: ${TEXT}`]);
  });
  test('V-39: an empty text is the group’s, the organisation’s or the house’s; its {hours} are filled in', () => {
    const says = (text: string, given: Given = {}) => told(onInbound(said('人工'), visit('text', given, text))).at(-1);
    const groups = { sales: { offHours: { on: true, text: 'sales sleep' } } };
    const set = { texts: { offHours: 'we sleep' } };
    expect(says('', { groups, set })).toBe('system: sales sleep');
    expect(says('', { set })).toBe('system: we sleep');
    expect(says('')).toMatch(/^system: .*\n.*09:00/);
    expect(says('until {hours}', { groups, set })).toBe('system: until 明天 09:00');
  });
  test('V-39, SW-04: a keyword that finds nobody still gives way to what is said after hours', () => {
    expect(steps('text', said('退款'))).toEqual(['open', 'hear', 'decided', `system: ${TEXT}`]);
  });
  test('V-39, CH-08: received by people, he hears it too, and is not put in a queue', () => {
    const set: Changed = { reception: { mode: 'human-only', afterHours: 'queue' } };
    expect(steps('text', said('hello'), { set })).toEqual(['open', 'hear', 'decided', `system: ${TEXT}`]);
    expect(steps('form', said('hello'), { set })).toEqual(['open', 'hear', 'decided', 'leaving true', leaving]);
    expect(steps('form', wish('enter'), { set: { reception: { mode: 'human', afterMessage: false } } })).toEqual([]);
  });
  test('V-39, RT-18: what a routing rule says of the hours after goes before', () => {
    const set: Changed = { routing: { fallback: { on: { to: 'everybody' }, off: { to: 'bot' } } } };
    const more = { channelGroupId: null };
    expect(steps('text', wish('human'), { set, more })).toEqual([
      'open',
      'decided',
      `system: ${houseText('botStays', 'zh')}`,
    ]);
  });
  test('V-39: who is being served, or in working time, sees nothing of it', () => {
    expect(steps('form', said('hello'), { session: 'serving' })).toEqual(['hear']);
    const floor = { sales: FREE_GROUP };
    const more = { offHours: { show: 'text', text: TEXT, now: false } as const };
    expect(told(onInbound(said('hello'), situation({ floor, more })))).toEqual(['open', 'hear']);
    expect(told(onInbound(said('人工'), situation({ floor, more })))[2]).toBe('wait sales');
  });
});

test.each([
  ['form', true, 'form'],
  ['text', true, 'text'],
  ['chat', true, null],
  ['form', false, null],
] as const)('V-39: set to %s, after hours %s, an opened chat shows %s', (show, now, shown) => {
  expect(instead({ show, text: '', now })).toBe(shown);
  expect(instead(undefined)).toBeNull();
});

test.each([
  ['the channel’s own', 'a', { to: 'group', groupId: 'b' }, 'a'],
  ['the fallback’s', null, { to: 'group', groupId: 'b' }, 'b'],
  ['the fallback’s, of an agent', null, { to: 'agent', memberId: 'm', groupId: 'b' }, 'b'],
  ['the fallback’s, where the channel’s is gone', 'gone', { to: 'group', groupId: 'b' }, 'b'],
  ['the organisation’s, for everybody', null, { to: 'everybody' }, null],
  ['the organisation’s, where all are gone', 'gone', { to: 'group', groupId: 'gone' }, null],
] as [string, string | null, Target, string | null][])('V-39, WT-06: whose hours count: %s', (_, own, on, group) => {
  expect(homeGroup(own, { fallback: { on, off: null } }, (id) => id !== 'gone')).toBe(group);
});
