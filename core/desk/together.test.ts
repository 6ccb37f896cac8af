import { describe, expect, it } from 'vitest';
import {
  hasRight,
  inviteNow,
  join,
  lock,
  MOST_PARTICIPANTS,
  MOST_TAGS,
  mayHear,
  mustHave,
  part,
  tag,
} from '../desk.ts';
import { Ratings } from '../settings/index.ts';
import { code, session } from './example.ts';

const me = { id: 'me', role: 'agent' } as const;
const boss = { id: 'boss', role: 'supervisor' } as const;
const guest = { id: 'guest', role: 'agent' } as const;
const his = session('serving');
const shared = session('serving', { participants: ['guest'] });
const foreign = session('serving', { agentId: 'another' });
const ended = session('closed', { agentId: 'me' });

describe('A-25: further agents', () => {
  it('are asked in, once', () => {
    expect(join(his, me, 'b')).toEqual([{ do: 'join', memberId: 'b', byId: 'me' }]);
    expect(join(shared, me, 'guest')).toEqual([]);
  });
  it('are shown out, or leave', () => {
    for (const by of [me, guest, boss])
      expect(part(shared, by, 'guest')).toEqual([{ do: 'part', memberId: 'guest', byId: by.id }]);
    expect(part(his, me, 'b')).toEqual([]);
  });
  it.each([
    ['asking in to a colleague’s', () => join(foreign, me, 'b'), 'not_your_session'],
    ['asking in as a guest', () => join(shared, guest, 'b'), 'not_your_session'],
    ['asking in as a supervisor', () => join(foreign, boss, 'b'), 'ok'],
    ['asking in whoever serves it', () => join(foreign, boss, 'another'), 'taken'],
    ['asking in after the end', () => join(ended, me, 'b'), 'session_closed'],
    ['showing out as another guest', () => part(shared, { id: 'b', role: 'agent' }, 'guest'), 'not_your_session'],
    ['leaving after the end', () => part({ ...ended, participants: ['guest'] }, guest, 'guest'), 'session_closed'],
    [
      'a crowd',
      () =>
        join({ ...his, participants: Array.from({ length: MOST_PARTICIPANTS }, (_, index) => `p${index}`) }, me, 'b'),
      'at_capacity',
    ],
  ])('%s', (_, work, result) => {
    expect(code(work)).toBe(result);
  });
});

describe('A-14, A-17: pin and lock', () => {
  it('his own, where the organisation lets him', () => {
    expect(lock(his, me, true, { mayPin: true })).toEqual([{ do: 'lock', on: true, memberId: 'me' }]);
    expect(lock({ ...his, locked: true }, me, false, { mayPin: true })).toEqual([
      { do: 'lock', on: false, memberId: 'me' },
    ]);
    expect(lock({ ...his, locked: true }, me, true, { mayPin: true })).toEqual([]);
  });
  it.each([
    ['switched off', () => lock(his, me, true, { mayPin: false }), 'not_allowed'],
    ['switched off, as a supervisor', () => lock(his, boss, true, { mayPin: false }), 'ok'],
    ['a colleague’s', () => lock(foreign, me, true, { mayPin: true }), 'not_your_session'],
    ['ended', () => lock(ended, me, true, { mayPin: true }), 'session_closed'],
    ['pinning switched off', () => mustHave(me, 'mayPin', { mayPin: false }), 'not_allowed'],
    ['pinning switched on', () => mustHave(me, 'mayPin', { mayPin: true }), 'ok'],
    ['pinning switched off, as an admin', () => mustHave({ role: 'admin' }, 'mayPin', { mayPin: false }), 'ok'],
  ])('%s', (_, work, result) => {
    expect(code(work)).toBe(result);
  });
});

describe('TR-07: the blacklist', () => {
  it.each([
    ['agent', true, 'ok'],
    ['agent', false, 'not_allowed'],
    ['supervisor', false, 'ok'],
    ['admin', false, 'ok'],
    ['owner', false, 'ok'],
  ] as const)('TR-07: of %s, where agents may: %s', (role, mayBlock, result) => {
    expect(code(() => mustHave({ role }, 'mayBlock', { mayBlock }))).toBe(result);
    expect(hasRight({ role }, 'mayBlock', { mayBlock })).toBe(result === 'ok');
  });
});

describe('TR-05: who hears an alert', () => {
  it.each([
    ['an agent, of his own request', 'transfer', 'me', me, true],
    ['an agent, of a colleague’s', 'transfer', 'another', me, false],
    ['an agent, of nobody’s', 'transfer', null, me, false],
    ['an agent, that he was silent', 'agent-silent', 'me', me, false],
    ['a supervisor, of anything', 'agent-silent', 'me', boss, true],
    ['a supervisor, of what is nobody’s', 'queue', null, boss, true],
  ] as const)('%s', (_, kind, memberId, who, hears) => {
    expect(mayHear({ kind, memberId }, who)).toBe(hears);
  });
});

describe('A-70: session tags', () => {
  const tagged = { ...his, tagIds: ['t1', 't2'] };
  it('only what changes', () => {
    expect(tag(tagged, me, { add: ['t2', 't3', 't3'], remove: ['t1', 't9'] })).toEqual([
      { do: 'tag', tagIds: ['t1'], on: false, memberId: 'me' },
      { do: 'tag', tagIds: ['t3'], on: true, memberId: 'me' },
    ]);
    expect(tag(tagged, me, { add: ['t1'], remove: ['t1'] })).toEqual([]);
  });
  it.each([
    ['his own, ended', () => tag(ended, me, { add: ['t'], remove: [] }), 'ok'],
    ['as a guest', () => tag(shared, guest, { add: ['t'], remove: [] }), 'ok'],
    ['a colleague’s', () => tag(foreign, me, { add: ['t'], remove: [] }), 'not_your_session'],
    ['a colleague’s, as a supervisor', () => tag(foreign, boss, { add: ['t'], remove: [] }), 'ok'],
    [
      'too many',
      () => tag(his, me, { add: Array.from({ length: MOST_TAGS + 1 }, (_, index) => `t${index}`), remove: [] }),
      'at_capacity',
    ],
  ])('%s', (_, work, result) => {
    expect(code(work)).toBe(result);
  });
});

describe('CS-13: asking for a rating', () => {
  const ratings = Ratings.parse({});
  const how = { id: 'i', at: 1000, language: 'en' } as const;
  const invited = (until: number | null, more = {}) =>
    session('serving', { marks: { invited: { id: 'o', by: 'agent', until }, ...more } });
  it('once', () => {
    const { state, steps } = inviteNow(his, me, ratings, how);
    expect(state).toBe('sent');
    expect(steps[0]).toMatchObject({ do: 'invite', id: 'i', by: 'agent', memberId: 'me', until: 1000 + 86_400_000 });
    expect(steps[1]).toMatchObject({ do: 'say', as: 'system', content: { type: 'rating', id: 'i' } });
  });
  it('several clicks are one invitation, whoever sent it', () => {
    expect(inviteNow(invited(1001), me, ratings, how)).toEqual({ state: 'open', steps: [] });
    expect(inviteNow(invited(null), boss, ratings, how)).toEqual({ state: 'open', steps: [] });
    expect(inviteNow(invited(1001, { rated: true }), me, { ...ratings, firstOnly: false }, how).state).toBe('open');
  });
  it('again once it has run out', () => {
    expect(inviteNow(invited(1000), me, ratings, how).state).toBe('sent');
  });
  it('not once he has rated and only the first counts', () => {
    expect(inviteNow(invited(1000, { rated: true }), me, ratings, how)).toEqual({ state: 'rated', steps: [] });
    expect(inviteNow(invited(1000, { rated: true }), me, { ...ratings, firstOnly: false }, how).state).toBe('sent');
  });
  it.each([
    ['as a guest', () => inviteNow(shared, guest, ratings, how), 'ok'],
    ['a colleague’s', () => inviteNow(foreign, me, ratings, how), 'not_your_session'],
    ['nobody’s', () => inviteNow(session('waiting'), boss, ratings, how), 'not_your_session'],
    ['after the end', () => inviteNow(ended, me, ratings, how), 'session_closed'],
    ['where there are no ratings', () => inviteNow(his, me, { ...ratings, on: false }, how), 'not_allowed'],
  ])('%s', (_, work, result) => {
    expect(code(work)).toBe(result);
  });
});
