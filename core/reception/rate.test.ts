import { describe, expect, it, test } from 'vitest';
import type { Inbound } from '../inbound.ts';
import { onInbound } from '../reception.ts';
import type { Marks } from '../session.ts';
import { answer, house as words } from '../test/answer.ts';
import { become, event, type Given, NOW, rule, said, sessionOf, situation, tapped, wish } from '../test/situation.ts';
import { told } from '../test/told.ts';

const house = (key: Parameters<typeof words>[0]) => `system: ${words(key)}`;
const invited: NonNullable<Marks['invited']> = { id: 'inv', by: 'auto', until: NOW + 1000 };
const rateable = { sessionId: 'old', invitation: invited, rated: false };
const rated = ['rate 5 for inv', house('rated')];
const stars = (more: object = {}) =>
  event({ kind: 'rate', invitationId: 'inv', stars: 5, tags: [], resolved: true, comment: 'fine', ...more });

describe('the numbered menu, after the session’s end', () => {
  const closed = (inbound: Inbound, more: Given['more'] = { rateable }, given: Given = {}) =>
    answer(inbound, { ...given, more });
  it.each([
    ['its number', said('5')],
    ['its words', said('非常满意')],
    ['a tap', tapped('haina:rate:5', '非常满意')],
  ])('CS-01: %s rates, and opens no session', (_, inbound) => expect(closed(inbound)).toEqual(rated));
  test('CS-05: the receipt has a switch and words of one’s own', () => {
    const set = (receipt: object) => ({ set: { ratings: { receipt } } });
    expect(closed(said('5'), { rateable }, set({ on: false }))).toEqual(['rate 5 for inv']);
    expect(closed(said('5'), { rateable }, set({ text: 'merci' }))).toEqual(['rate 5 for inv', 'system: merci']);
  });
  test('CS-04: too late, a number is a message like any other; a tap hears why', () => {
    const late = { rateable: { ...rateable, invitation: { ...invited, until: NOW } } };
    expect(closed(said('5'), late)).toEqual(['open', 'hear']);
    expect(closed(tapped('haina:rate:5'), late)).toEqual([house('rateOver')]);
  });
  test('CS-07: of several only the first, unless the last one counts', () => {
    const again = { rateable: { ...rateable, rated: true } };
    expect(closed(said('5'), again)).toEqual(['open', 'hear']);
    expect(closed(tapped('haina:rate:5'), again)).toEqual([house('ratedBefore')]);
    expect(closed(said('5'), again, { set: { ratings: { firstOnly: false } } })).toEqual(rated);
  });
  test('words that are no rating begin a session', () => {
    const replies = [rule('w', 'welcome', ['hi'])];
    expect(closed(said('hello'), { rateable }, { replies })).toEqual(['open', 'hear', 'bot: hi']);
    expect(closed(said('5', { silent: true }), { rateable })).toEqual(['open', 'hear']);
    expect(closed(said('5'), {})).toEqual(['open', 'hear']);
  });
  test('CS-06: counted down, 1 is five stars', () => {
    expect(closed(said('1'), { rateable }, { set: { ratings: { reversed: true } } })).toEqual(rated);
  });
});

describe('in a session that goes on', () => {
  const serving = (marks: Marks = {}) => sessionOf({ state: 'serving', marks: { invited, ...marks } });
  test('CS-13: the answer is heard and rated; another is only heard (CS-07)', () => {
    const steps = onInbound(said('5'), situation({ session: serving() }));
    expect(told(steps)).toEqual(['hear', ...rated]);
    const next = become(serving(), steps);
    expect(next.marks.rated).toBe(true);
    expect(answer(said('4'), { session: next })).toEqual(['hear']);
  });
  test('a menu shown later is answered first', () => {
    const menu = [{ id: 'haina:leave', text: '留言' }];
    const session = sessionOf({ state: 'waiting', marks: { invited, menu, toldAt: NOW } });
    expect(answer(said('1'), { session })[1]).toBe('leaving true');
    expect(answer(said('5'), { session })).toEqual(['hear', ...rated]);
  });
});

describe('a page’s answer', () => {
  const options = [1, 2, 3, 4, 5].map((n) => ({ text: `${n}`, tags: n === 5 ? ['quick', 'kind'] : [] }));
  test('CS-12: a star with tags wants one of them', () => {
    const set = { ratings: { options } };
    const more = { rateable };
    expect(answer(stars({ tags: ['quick'] }), { set, more })).toEqual(rated);
    expect(answer(stars(), { set, more })[0]).toMatch(/^system: /);
    expect(answer(stars({ tags: ['slow'] }), { set, more })).toHaveLength(1);
    expect(answer(stars({ stars: 4 }), { set, more })[0]).toBe('rate 4 for inv');
  });
  test('CS-10: solved or not, where it was asked', () => {
    const taken = (on: boolean) =>
      onInbound(stars(), situation({ set: { ratings: { resolved: { on } } }, more: { rateable } }))[0];
    expect(taken(true)).toMatchObject({ do: 'rate', resolved: true, comment: 'fine' });
    expect(taken(false)).toMatchObject({ resolved: null });
  });
  test('an invitation of the ended session is answered although another is open', () => {
    expect(answer(stars(), { session: 'bot', more: { rateable } })).toEqual(rated);
    expect(answer(stars({ invitationId: 'unknown' }), { session: 'bot', more: { rateable } })).toEqual([
      house('rateOver'),
    ]);
    expect(answer(stars({ invitationId: 'unknown' }))).toEqual([]);
  });
});

describe('what was asked stands with the invitation', () => {
  const options = (tags: string[]) => [1, 2, 3, 4, 5].map((n) => ({ text: `${n}`, tags: n === 5 ? tags : [] }));
  /** He was invited under these settings; then an admin changed them to `now`. */
  const asked = (before: object, now: object) => {
    const session = sessionOf({ state: 'serving' });
    const invited = become(session, onInbound(wish('rate'), situation({ session, set: { ratings: before } })));
    return { session: invited, set: { ratings: now } };
  };
  const his = (more: object) => stars({ invitationId: 'new-id', ...more });
  const [taken, thanks] = ['rate 5 for new-id', house('rated')];
  test.each([
    ['tags of then, renamed since', ['quick'], ['fast'], ['quick'], [taken, thanks]],
    ['tags of now, never shown to him', ['quick'], ['fast'], ['fast'], ['system: 请选择评价标签后再提交。']],
    ['no tag, where none was shown', [], ['fast'], [], [taken, thanks]],
    ['tags of then, all gone since', ['quick'], [], ['quick'], [taken, thanks]],
  ])('CS-12: %s', (_, then, now, tags, answered) => {
    const given = asked({ options: options(then) }, { options: options(now) });
    expect(answer(his({ tags }), given)).toEqual(answered);
    // After the end too, from the record of the ended session.
    const rateable = { sessionId: 's', invitation: given.session.marks.invited!, rated: false };
    expect(answer(his({ tags }), { set: given.set, more: { rateable } })).toEqual(answered);
  });
  test('CS-06: a number counts in the order he saw', () => {
    expect(answer(said('1'), asked({ reversed: true }, { reversed: false }))[1]).toBe(taken);
    expect(answer(said('5'), asked({ reversed: false }, { reversed: true }))[1]).toBe(taken);
  });
  test('CS-10: what he was asked is kept, though nobody is asked any more', () => {
    const resolved = (then: boolean, now: boolean) =>
      onInbound(his({}), situation(asked({ resolved: { on: then } }, { resolved: { on: now } })))[0];
    expect(resolved(true, false)).toMatchObject({ resolved: true });
    expect(resolved(false, true)).toMatchObject({ resolved: null });
  });
  test('CS-13: shown again it is the same, in the same language', () => {
    const given = asked({ guide: 'How was it?', options: options(['quick']) }, { guide: 'Rate us', options: [] });
    const shown = (more: Given['more']) => onInbound(wish('rate'), situation({ ...given, more }))[0];
    expect(shown({ language: 'en' })).toMatchObject({ content: { text: 'How was it?', id: 'new-id' } });
    expect(shown({ language: 'en' })).toEqual(shown({ language: 'zh' }));
  });
});

describe('V-10: he rates without having been invited', () => {
  const served = sessionOf({ state: 'serving' });
  test('V-10: he invites himself, once', () => {
    const steps = onInbound(wish('rate'), situation({ session: served }));
    expect(told(steps)).toEqual(['invite new-id by visitor', 'system: rating']);
    const next = become(served, steps);
    expect(answer(wish('rate'), { session: next })).toEqual(['system: rating']);
    expect(answer(said('5'), { session: next })).toEqual(['hear', 'rate 5 for new-id', house('rated')]);
  });
  test('V-10: before anybody served him there is nothing to rate; after the end there is', () => {
    expect(answer(wish('rate'), { session: 'waiting' })).toEqual([house('rateLater')]);
    expect(answer(wish('rate'), { more: { rateable } })).toEqual(['system: rating']);
    expect(answer(wish('rate'), { more: { rateable: { ...rateable, rated: true } } })).toEqual([house('ratedBefore')]);
    const late = { ...rateable, invitation: { ...invited, until: NOW } };
    expect(answer(wish('rate'), { more: { rateable: late } })).toEqual([house('rateOver')]);
    expect(answer(wish('rate'), { session: served, set: { ratings: { on: false } } })).toEqual([]);
  });
});
