import { describe, expect, it, test } from 'vitest';
import { lock, maySee, reply } from './desk.ts';
import { gradeOf } from './grade.ts';
import { agent, hall, waits } from './match/example.ts';
import { type Agent, match } from './match.ts';
import { onInbound } from './reception.ts';
import { Refusal } from './refusal.ts';
import { NOTHING_FOUND } from './rules.ts';
import { changes, spelt } from './settings/changes.ts';
import { Desk } from './settings/index.ts';
import { FREE_GROUP, sessionOf, situation, tapped } from './test/situation.ts';
import { told } from './test/told.ts';
import { buildIndex, find, KINDS_IN, wordOf } from './words/index.ts';

/** Numbers that stand for something said elsewhere, or whose screen is the console's: what core has to do with each. */

describe('who is given a session', () => {
  const gets = (agents: Agent[], one = waits('s'), where = hall()) => match([one], agents, where)[0]?.agentId;
  test('SS-10: a regular customer gets the agent he knows, before whoever has less to do', () => {
    const both = [agent('idle'), agent('known', { serving: 5 })];
    expect(gets(both)).toBe('idle');
    expect(gets(both, waits('s', { regularAgentId: 'known' }))).toBe('known');
    expect(gets([agent('idle'), agent('known', { connected: false })], waits('s', { regularAgentId: 'known' }))).toBe(
      'idle',
    );
  });
  test('SS-11: only in working time, and only to who is online; each can be switched off', () => {
    const shut = { open: () => false };
    expect(gets([agent('a')], waits('s'), hall({}, shut))).toBeUndefined();
    expect(gets([agent('a')], waits('s'), hall({ onlyInHours: false }, shut))).toBe('a');
    expect(gets([agent('a', { status: 'busy' })])).toBeUndefined();
    expect(gets([agent('a', { status: 'busy' })], waits('s'), hall({ onlyOnline: false }))).toBe('a');
  });
});

describe('SS-15: what agents see and may do', () => {
  const me = { id: 'amy', role: 'agent', groupIds: ['sales'] } as const;
  test('SS-15: as an organisation has it that has set nothing', () =>
    expect(Desk.parse({})).toMatchObject({
      newOnTop: true,
      realName: true,
      duration: true,
      seeRatings: true,
      mayPin: true,
      mayTransfer: true,
      mayBlock: true,
      seeWaiting: true,
    }));
  test('SS-15: looking into what waits, and locking, have their switches', () => {
    const waiting = sessionOf({ state: 'waiting' });
    expect(maySee(waiting, me, { seeWaiting: true })).toBe(true);
    expect(maySee(waiting, me, { seeWaiting: false })).toBe(false);
    const own = sessionOf({ state: 'serving', agentId: 'amy' });
    expect(lock(own, me, true, { mayPin: true })).toHaveLength(1);
    expect(() => lock(own, me, true, { mayPin: false })).toThrow(Refusal);
  });
});

describe('SS-24: grades of conversations by their messages', () => {
  const grades = [
    { id: '1', name: 'short', least: 1 },
    { id: '3', name: 'long', least: 20 },
    { id: '2', name: 'ordinary', least: 5 },
  ];
  it.each<[string, number, number, string | undefined]>([
    ['SS-24: no message, no grade', 0, 0, undefined],
    ['SS-24: one is enough for the first', 1, 0, 'short'],
    ['SS-24: both sides count', 2, 2, 'short'],
    ['SS-24: on the number it is reached', 2, 3, 'ordinary'],
    ['SS-24: the highest counts, wherever it stands', 15, 25, 'long'],
  ])('%s', (_, visitor, agent_, name) => expect(gradeOf({ visitor, agent: agent_ }, grades)?.name).toBe(name));
  test('SS-24: without thresholds nothing is graded', () => {
    expect(Desk.parse({}).grades).toEqual([]);
    expect(gradeOf({ visitor: 9 }, [])).toBeNull();
    expect(gradeOf({}, grades)).toBeNull();
    expect(Desk.safeParse({ grades: [{ ...grades[0], least: -1 }] }).success).toBe(false);
  });
});

describe('groups', () => {
  test('SG-07: a group is deleted while a menu still names it: he is sent on and answered', () => {
    const items = [{ id: 'i1', text: 'Old', groupId: 'deleted' }];
    const at = situation({
      session: 'bot',
      set: { texts: { menu: { on: true, items } } },
      floor: { sales: FREE_GROUP },
    });
    expect(told(onInbound(tapped('haina:group:i1'), at)).slice(0, 2)).toEqual(['hear', 'wait sales']);
    const waiting = situation({ session: { state: 'waiting', groupId: 'deleted' }, more: { ownPlace: 1 } });
    expect(told(onInbound(tapped('haina:human'), waiting))[1]).toMatch(/^system: /);
  });
  test('SG-08: members, overflow, skill and cap: every change has a line of its own in the trail', () => {
    const before = {
      members: [
        { id: 'amy', skill: 50, overflow: false },
        { id: 'bob', skill: 10, overflow: false },
      ],
      caps: { amy: 5 },
    };
    const after = {
      members: [
        { id: 'amy', skill: 80, overflow: true },
        { id: 'eve', skill: 0, overflow: false },
      ],
      caps: { amy: 9 },
    };
    expect(changes(before, after).map(({ path, kind }) => `${kind} ${spelt(path)}`)).toEqual([
      'removed members[#2]',
      'set members[#1].skill',
      'set members[#1].overflow',
      'added members[#2]',
      'set caps.amy',
    ]);
  });
});

describe('words', () => {
  test('SW-10: a word written into a list is found from then on, and taken out no longer', () => {
    const hits = (...words: string[]) =>
      find(buildIndex(words.map((word, n) => wordOf('forbidden', n, word))), '加微信吧', { kinds: KINDS_IN.agent });
    expect(hits('退款')).toHaveLength(0);
    expect(hits('退款', '微信')).toHaveLength(1);
    expect(hits('退款')).toHaveLength(0);
  });
  test('SW-11: the agent sees where in his words it stands; who leads, which word it was, and whose', () => {
    const found = (kind: 'forbidden' | 'sensitive') => ({
      scan: () => ({ ...NOTHING_FOUND, [kind]: [{ kind, word: '微信', start: 1, end: 3 }] }),
    });
    const session = sessionOf({ state: 'serving', agentId: 'amy' });
    const message = { id: 'm', content: { type: 'text', text: '加微信' } } as const;
    const [own, theirs] = reply(session, 'amy', message, found('sensitive'));
    expect(own).toMatchObject({ do: 'reply', hits: [{ word: '微信', start: 1, end: 3 }] });
    expect(theirs).toMatchObject({ do: 'alert', kind: 'sensitive', words: ['微信'], agentId: 'amy', text: '加微信' });
    expect(() => reply(session, 'amy', message, found('forbidden'))).toThrow(
      expect.objectContaining({ code: 'forbidden_word', more: expect.objectContaining({ text: '加微信' }) }),
    );
  });
});
