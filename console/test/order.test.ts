import { describe, expect, it } from 'vitest';
import type { Session } from '../../hub/shapes/desk.ts';
import { belongs, compare, compareMine, isIn, share } from '../src/lib/order.ts';
import { ME as agent, at as seconds, session as served } from './sessions.ts';

const ME = agent.id;
const at = (minute: number) => seconds(60 * minute);
/** A session that I got and last heard of in this minute. */
const session = (id: string, minute: number, more: Partial<Session> = {}) =>
  served(id, {
    unread: 2,
    last: { text: 'hi', type: 'text', author: 'visitor', at: at(minute) },
    servedSince: at(minute),
    ...more,
  });
const colleague = { id: 'm2', name: 'Other', avatar: null };
const silent = (alarmed: boolean, mark: boolean) => ({ since: at(0), dueAt: at(3), alarmed, mark });
const mine = (pinned: boolean) => ({ pinned, muted: false, starred: false });
const offer = { to: ME, by: colleague.id, until: at(30) };
const ids = (sessions: Session[], order: (a: Session, b: Session) => number) =>
  sessions.toSorted(order).map((one) => one.id);

describe('my own list', () => {
  it('A-25, TR-02: what I serve, take part in or am asked to take over is mine, and nothing else', () => {
    const asked = session('asked', 1, { agent: colleague, offer });
    const part = session('part', 1, { agent: colleague, participants: [ME] });
    const foreign = session('foreign', 1, {
      agent: colleague,
      participants: ['m3'],
      offer: { ...offer, to: 'm3', by: ME },
    });
    expect([session('own', 1), asked, part, foreign].map((one) => isIn(one, ME))).toEqual([true, true, true, false]);
    const wish = { view: 'mine', channelId: null } as const;
    expect([asked, part, foreign].map((one) => belongs(one, wish, ME))).toEqual([true, true, false]);
    expect(belongs(asked, { ...wish, channelId: 'c2' }, ME)).toBe(false);
    expect(belongs({ ...asked, state: 'closed' }, wish, ME)).toBe(false);
    expect(share(part, ME)).toEqual({ mine: 1, waiting: 0, all: 1, unread: 2 });
    expect(share(foreign, ME)).toEqual({ mine: 0, waiting: 0, all: 1, unread: 0 });
  });

  it('A-14, A-20: a request stands first, then what is pinned, then whose customer waits too long where that is marked', () => {
    const all = [
      session('newest', 9),
      session('unmarked', 2, { silent: silent(true, false) }),
      session('early', 3, { silent: silent(false, true) }),
      session('late', 4, { silent: silent(true, true) }),
      session('pinned', 1, { mine: mine(true) }),
      session('asked', 0, { agent: colleague, offer }),
      session('elsewhere', 8, { offer: { ...offer, to: colleague.id } }),
    ];
    const wanted = ['asked', 'pinned', 'late', 'newest', 'elsewhere', 'early', 'unmarked'];
    expect(ids(all, compareMine(ME, true))).toEqual(wanted);
    expect(ids(all.toReversed(), compareMine(ME, true))).toEqual(wanted);
  });

  it('A-18: the latest word first; switched off, in the order in which I got them', () => {
    const all = [
      session('b', 2, { servedSince: at(2), last: null, openedAt: at(9) }),
      session('a', 5, { servedSince: at(1) }),
      session('c', 7, { servedSince: null, openedAt: at(3) }),
    ];
    expect(ids(all, compareMine(ME, true))).toEqual(['b', 'c', 'a']);
    expect(ids(all, compareMine(ME, false))).toEqual(['a', 'b', 'c']);
  });

  it('keeps equal rows where they are, whichever comes first', () => {
    const twins = [session('x', 1), session('y', 1)];
    for (const newOnTop of [true, false])
      expect(ids(twins, compareMine(ME, newOnTop))).toEqual(ids(twins.toReversed(), compareMine(ME, newOnTop)));
  });
});

describe('the other lists', () => {
  it('DS-01: who waits stands by level, then by how long', () => {
    const waiting = (id: string, minute: number, priority: number) =>
      session(id, 1, { state: 'waiting', agent: null, waitingSince: at(minute), priority });
    expect(ids([waiting('long', 1, 11), waiting('second', 2, 2), waiting('first', 3, 2)], compare('waiting'))).toEqual([
      'second',
      'first',
      'long',
    ]);
  });
  it('what has ended stands by its end, the latest first', () => {
    const ended = (id: string, minute: number) => session(id, 1, { state: 'closed', closedAt: at(minute) });
    expect(ids([ended('a', 1), ended('b', 3), ended('c', 2)], compare('closed'))).toEqual(['b', 'c', 'a']);
  });
});
