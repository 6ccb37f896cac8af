import { describe, expect, it } from 'vitest';
import { advance } from '../advance.ts';
import { happenings } from '../happen.ts';
import type { Content, Rating } from '../message.ts';
import { contentSchema } from '../message.ts';
import {
  type Answer,
  accepts,
  classOf,
  counting,
  countsFor,
  fault,
  invitation,
  invite,
  inviteAtEnd,
  isOpen,
  oneSided,
  starsIn,
  take,
} from '../rating.ts';
import { blank, type Marks } from '../session.ts';
import { Ratings } from '../settings/index.ts';
import type { Step } from '../step.ts';

const set = (more: Record<string, unknown> = {}) => Ratings.parse(more);
const ended = (marks: Marks = {}) => ({
  ...blank('s', 'c', 0),
  state: 'closed' as const,
  marks: { served: true as const, visitor: 3, agent: 3, streak: 1, ...marks },
});
const ID = '018f0000-0000-7000-8000-000000000001';
const text = (said: string): Content => ({ type: 'text', text: said });
const stars = ['1', '2', '3', '4', '5'].map((n) => ({
  text: `star ${n}`,
  tags: n < '3' ? [`slow ${n}`, `rude ${n}`] : [],
}));

describe('CS-01: asked at the end', () => {
  it.each([
    ['a session that a person served', ended(), set(), true],
    ['the switch is off', ended(), set({ autoInvite: false }), false],
    ['there are no ratings', ended(), set({ on: false }), false],
    ['invited before', ended({ invited: { id: 'i', by: 'agent', until: 1 } }), set(), false],
    ['rated before', ended({ rated: true }), set(), false],
    ['nobody served it', { ...ended(), marks: { heard: true as const } }, set(), false],
  ])('%s', (_, session, ratings, asked) => {
    expect(inviteAtEnd(session, ratings, null)).toBe(asked);
  });
});

describe('CS-02: not before so many messages of each side', () => {
  const least = set({ least: { on: true, visitor: 3, agent: 2 }, skipOneSided: false });
  it.each([
    ['both reached', { visitor: 3, agent: 2 }, least, true],
    ['the customer wrote too little', { visitor: 2, agent: 9 }, least, false],
    ['the agent wrote too little', { visitor: 9, agent: 1 }, least, false],
    ['nobody wrote', { visitor: undefined, agent: undefined }, least, false],
    ['switched off', { visitor: 1, agent: 1 }, set({ least: { visitor: 9, agent: 9 } }), true],
  ])('%s', (_, marks, ratings, asked) => {
    expect(inviteAtEnd(ended(marks), ratings, null)).toBe(asked);
  });
});

describe('CS-03: not where only one side wrote among the last 50', () => {
  /** A served session in which these wrote, oldest first: v the customer, a his agent, s the house, b a rule. */
  const wrote = (who: string): Marks => {
    const session = blank('s', 'c', 0);
    const step = (letter: string): Step =>
      letter === 'v'
        ? { do: 'hear', content: text('x'), messageId: 'm', hits: [] }
        : letter === 'a'
          ? { do: 'reply', id: 'm', agentId: 'x', content: { type: 'text', text: 'x' }, hits: [] }
          : { do: 'say', as: letter === 's' ? 'system' : 'bot', content: { type: 'text', text: 'x' } };
    const all: Step[] = [{ do: 'serve', agentId: 'x', how: 'matched' }, ...[...who].map(step)];
    for (const one of all) for (const event of happenings(one, 1)) advance(session, event);
    return session.marks;
  };
  it.each([
    ['only the customer', 'vvv', true],
    ['only the agent', 'aa', true],
    ['nobody', '', true],
    ['both', 'va', false],
    ['both, long ago on one side but within 50', `a${'v'.repeat(49)}`, false],
    ['one side in the last 50, both before', `a${'v'.repeat(50)}`, true],
    ['one side in the last 50 and more', `av${'a'.repeat(60)}`, true],
    ['the house’s and the rules’ words are nobody’s', 'vsbsbv', true],
    ['nor do they end a stretch', `a${'vs'.repeat(50)}`, true],
  ])('%s', (_, who, skipped) => {
    expect(oneSided(wrote(who))).toBe(skipped);
    expect(inviteAtEnd({ ...ended(), marks: wrote(who) }, set(), null)).toBe(!skipped);
  });
  it('asked all the same while switched off', () => {
    expect(inviteAtEnd({ ...ended(), marks: wrote('vvv') }, set({ skipOneSided: false }), null)).toBe(true);
  });
  it('what was written before anybody took it does not count', () => {
    const session = blank('s', 'c', 0);
    for (const step of [
      { do: 'hear', content: text('x'), messageId: 'm', hits: [] },
      { do: 'serve', agentId: 'x', how: 'matched' },
      { do: 'reply', id: 'm', agentId: 'x', content: { type: 'text', text: 'x' }, hits: [] },
    ] as Step[])
      for (const event of happenings(step, 1)) advance(session, event);
    expect(oneSided(session.marks)).toBe(true);
  });
});

describe('CS-08: not where the customer’s silence ended it', () => {
  it.each([
    ['visitor-silent', false, true],
    ['inactive', false, true],
    ['bot-silent', false, true],
    ['wait-over', true, true],
    [null, true, true],
    ['blacklisted', false, false],
    ['moved', false, false],
  ] as const)('%s', (reason, skipping, otherwise) => {
    expect(inviteAtEnd(ended(), set(), reason)).toBe(skipping);
    expect(inviteAtEnd(ended(), set({ skipAutoEnded: false }), reason)).toBe(otherwise);
  });
});

describe('the invitation', () => {
  it('is a content that every part of the house knows', () => {
    for (const language of ['zh', 'en', 'ja'] as const) {
      const one = invitation(set({ resolved: { on: true } }), language, ID, 5);
      expect(contentSchema.parse(one)).toEqual(one);
      expect(new Set(one.options.map((option) => option.text)).size).toBe(5);
    }
  });
  it('CS-11: with the organisation’s guide, or the house’s', () => {
    expect(invitation(set({ guide: 'Tell us' }), 'en', ID, null).text).toBe('Tell us');
    expect(invitation(set(), 'zh', ID, null).text).toBe('请对本次服务进行评价：');
  });
  it('CS-10: with the question whether it is solved, where that is asked', () => {
    expect(invitation(set(), 'en', ID, null).resolved).toBeNull();
    expect(invitation(set({ resolved: { on: true, text: 'Done?', yes: 'Yes!' } }), 'en', ID, null).resolved).toEqual({
      text: 'Done?',
      yes: 'Yes!',
      no: 'No',
    });
  });
  it('CS-12: with a text and tags for each star', () => {
    expect(invitation(set({ options: stars }), 'en', ID, null).options[1]).toEqual({
      stars: 2,
      text: 'star 2',
      tags: ['slow 2', 'rude 2'],
    });
  });
  it('CS-06: counts from one star up, turned round from five down', () => {
    expect(invitation(set(), 'en', ID, null).options.map((option) => option.stars)).toEqual([1, 2, 3, 4, 5]);
    expect(invitation(set({ reversed: true }), 'en', ID, null).options.map((option) => option.stars)).toEqual([
      5, 4, 3, 2, 1,
    ]);
  });
  it('CS-04: is open for as long as it is set to be', () => {
    const how = { id: ID, by: 'auto', memberId: null, at: 1000, language: 'en' } as const;
    const [step, said] = invite(set({ valid: 60 }), how);
    expect(step).toEqual({ do: 'invite', id: ID, by: 'auto', memberId: null, until: 61_000, put: { language: 'en' } });
    expect(said).toMatchObject({ do: 'say', as: 'system', content: { type: 'rating', id: ID, until: 61_000 } });
    expect(invite(set({ valid: null }), how)[0]).toMatchObject({ until: null });
    const invited = { id: ID, by: 'auto', until: 61_000 } as const;
    expect([60_999, 61_000].map((at) => isOpen(invited, at))).toEqual([true, false]);
    expect(isOpen({ ...invited, until: null }, Number.MAX_SAFE_INTEGER)).toBe(true);
  });
});

describe('what a customer means', () => {
  const up = invitation(set(), 'zh', ID, null);
  const down = invitation(set({ reversed: true }), 'zh', ID, null);
  const own = invitation(set({ options: stars }), 'en', ID, null);
  it.each<[string, Content, Rating, number | null]>([
    ['a choice tapped', { type: 'action', data: 'haina:rate:4' }, up, 4],
    ['a choice tapped, with its words', { type: 'action', data: 'haina:rate:2', text: '非常满意' }, up, 2],
    ['a choice of another menu', { type: 'action', data: 'haina:human' }, up, null],
    ['a choice that is none', { type: 'action', data: 'haina:rate:6' }, up, null],
    ['the words of a choice, tapped', { type: 'action', data: 'x', text: '满意' }, up, 4],
    ['a number', text('5'), up, 5],
    ['a number with space around', text(' 3\n'), up, 3],
    ['a full-width number', text('５'), up, 5],
    ['a Chinese number', text('四'), up, 4],
    ['an English number', text('Two'), up, 2],
    ['CS-06: a number, turned round', text('1'), down, 5],
    ['CS-06: a full-width number, turned round', text('５'), down, 1],
    ['CS-06: stars are stars, turned round or not', text('5星'), down, 5],
    ['stars', text('5星'), up, 5],
    ['stars in Chinese', text('五颗星'), up, 5],
    ['points', text('4分'), up, 4],
    ['stars in English', text('3 Stars'), up, 3],
    ['one star', text('1 star'), up, 1],
    ['stars drawn', text('★★★★'), up, 4],
    ['stars drawn in colour', text('⭐️⭐️'), up, 2],
    ['the words of a star', text('非常满意'), up, 5],
    ['the words of a star, turned round', text('非常满意'), down, 5],
    ['a line of the menu', text('5. 非常满意'), up, 5],
    ['a line of the menu, turned round', text('1. 非常满意'), down, 5],
    ['the organisation’s own words', text('STAR 2'), own, 2],
    ['too high', text('6'), up, null],
    ['nought', text('0'), up, null],
    ['a longer number', text('55'), up, null],
    ['six stars', text('★★★★★★'), up, null],
    ['a number in a sentence', text('我有5个问题'), up, null],
    ['something of five', text('5块'), up, null],
    ['any word', text('hello'), up, null],
    ['a picture', { type: 'image', media: {} }, up, null],
    ['a flood', text('5'.repeat(5000)), up, null],
  ])('%s', (_, content, to, result) => {
    expect(starsIn(content, to)).toBe(result);
  });
});

describe('CS-12: tags of the star chosen', () => {
  const asked = invitation(set({ options: stars }), 'en', ID, null);
  const answer = (more: Partial<Answer>): Answer => ({ stars: 1, tags: [], resolved: null, comment: null, ...more });
  it.each([
    ['one of them', answer({ tags: ['slow 1'] }), null],
    ['all of them', answer({ tags: ['slow 1', 'rude 1'] }), null],
    ['none where there are some', answer({}), 'tags'],
    ['those of another star', answer({ tags: ['slow 2'] }), 'tags'],
    ['none where there are none', answer({ stars: 5 }), null],
    ['some where there are none', answer({ stars: 5, tags: ['slow 1'] }), 'tags'],
    ['no such star', answer({ stars: 6 }), 'stars'],
    ['half a star', answer({ stars: 1.5 }), 'stars'],
  ])('%s', (_, given, result) => {
    expect(fault(given, asked)).toBe(result);
  });
});

describe('an answer', () => {
  const ratings = set({ options: stars, resolved: { on: true } });
  const as = invitation(ratings, 'en', ID, 2000);
  const asked = { invitation: { id: ID, by: 'auto', until: 2000 } as const, rated: false };
  const answer: Answer = { stars: 2, tags: ['slow 2', 'slow 2'], resolved: false, comment: ' meh ' };
  const about = { at: 1999, language: 'en', as } as const;
  const said = (steps: Step[]) =>
    steps.map((step) => (step.do === 'say' && step.content.type === 'text' ? step.content.text : step.do));
  it('CS-15: becomes a rating with its tags, for the invitation that asked for it', () => {
    expect(take(answer, asked, ratings, about)[0]).toEqual({
      do: 'rate',
      invitationId: ID,
      stars: 2,
      tags: ['slow 2'],
      resolved: false,
      comment: 'meh',
    });
  });
  it('CS-05: gets a receipt, in the organisation’s words or the house’s, or none', () => {
    expect(said(take(answer, asked, ratings, about))).toEqual(['rate', 'Thank you for your rating.']);
    expect(said(take(answer, asked, { ...ratings, receipt: { on: true, text: 'Ta' } }, about))).toEqual(['rate', 'Ta']);
    expect(said(take(answer, asked, { ...ratings, receipt: { on: false, text: 'Ta' } }, about))).toEqual(['rate']);
  });
  it('CS-04: too late, he hears so and nothing is kept', () => {
    expect(said(take(answer, asked, ratings, { ...about, at: 2000 }))).toEqual([
      'This rating is closed; it can no longer be given.',
    ]);
    expect(accepts(asked, ratings, 2000)).toBe('over');
  });
  it('CS-07: a second one is not taken where only the first counts', () => {
    const again = { ...asked, rated: true };
    expect(said(take(answer, again, ratings, about))).toEqual(['You have rated already. Thank you.']);
    expect(accepts(again, ratings, 9999)).toBe('before');
    expect(take(answer, again, { ...ratings, firstOnly: false }, about)[0]).toMatchObject({ do: 'rate' });
  });
  it('CS-12: without the tags that are asked for, he is asked again and nothing is kept', () => {
    const steps = take({ ...answer, tags: [] }, asked, ratings, about);
    expect(said(steps)).toEqual(['Please choose what fits before you send your rating.']);
    expect(take({ ...answer, tags: [] }, asked, ratings, { ...about, as: null })[0]).toMatchObject({
      do: 'rate',
      tags: [],
    });
  });
  it('CS-10: whether it is solved is kept only where that is asked', () => {
    const unasked = { ...about, as: { ...as, resolved: null } };
    expect(take(answer, asked, ratings, unasked)[0]).toMatchObject({ resolved: null });
    expect(take({ ...answer, resolved: null }, asked, ratings, about)[0]).toMatchObject({ resolved: null });
  });
  it('CS-13: a session remembers its one invitation and that it was answered', () => {
    const session = blank('s', 'c', 0);
    const steps = [
      ...invite(ratings, { id: ID, by: 'agent', memberId: 'x', at: 0, language: 'en' }),
      ...take(answer, asked, ratings, about),
    ];
    for (const step of steps) for (const event of happenings(step, 1)) advance(session, event);
    expect(session.marks).toMatchObject({ invited: { id: ID, by: 'agent' }, rated: true });
    expect(inviteAtEnd({ ...session, marks: { ...session.marks, served: true } }, ratings, null)).toBe(false);
  });
});

describe('what it counts as', () => {
  it('CS-14: good, medium, bad or none', () => {
    expect([5, 4, 3, 2, 1, null].map(classOf)).toEqual(['good', 'good', 'medium', 'bad', 'bad', 'none']);
  });
  it('CS-07: the first of several, or the last', () => {
    expect(counting([5, 1, 3], { firstOnly: true })).toBe(5);
    expect(counting([5, 1, 3], { firstOnly: false })).toBe(3);
    expect(counting([], { firstOnly: true })).toBeUndefined();
  });
  it('CS-09: for all who served, each once, or for the last', () => {
    const serve = (agentId: string): Step => ({ do: 'serve', agentId, how: 'accepted' });
    const transfer: Step[] = [
      { do: 'transfer', byId: 'y', toAgentId: null, toGroupId: 'g' },
      { do: 'wait', groupId: 'g' },
    ];
    const close: Step = { do: 'close', by: 'visitor', memberId: null };
    const cases: [string, Step[], string[] | null][] = [
      ['he who serves it', [serve('x'), serve('y')], ['y']],
      ['he who had it, while it waits for another', [serve('x'), serve('y'), ...transfer], ['y']],
      [
        'he who had it, when its customer left the queue',
        [serve('x'), serve('y'), ...transfer, { do: 'leave' }],
        ['y'],
      ],
      ['he who had it, when it ended in the queue', [serve('x'), serve('y'), ...transfer, close], ['y']],
      ['he who took it back', [serve('x'), serve('y'), ...transfer, serve('x')], ['x']],
      ['nobody, when nobody ever did', [{ do: 'wait', groupId: 'g' }, close], null],
    ];
    for (const [name, steps, last] of cases) {
      const session = blank('s', 'c', 0);
      for (const step of steps) for (const event of happenings(step, 1)) advance(session, event);
      expect(countsFor(session, 'last'), name).toEqual(last);
      expect(countsFor(session, 'all'), name).toBeNull();
    }
  });
});
