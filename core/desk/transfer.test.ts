import { describe, expect, it } from 'vitest';
import { advance } from '../advance.ts';
import { answerOffer, failed, type Target, transfer, withdraw } from '../desk.ts';
import { happenings } from '../happen.ts';
import { countsFor } from '../rating.ts';
import type { Session } from '../session.ts';
import type { Step } from '../step.ts';
import { code, session } from './example.ts';

const colleague: Target = { kind: 'member', member: { id: 'b' }, available: true };
const group: Target = { kind: 'group', groupId: 'g', members: 1 };
const me = { id: 'me', role: 'agent' } as const;
const boss = { id: 'boss', role: 'supervisor' } as const;
const greeting: Step = { do: 'say', as: 'system', content: { type: 'text', text: 'Hello from the group' } };
const now = 1_000_000;
const desk = { mayTransfer: true };
const plain = { settings: { confirm: false, answerWithin: 60 }, desk, at: now };
const consent = { settings: { confirm: true, answerWithin: 60 }, desk, at: now };
const offered = (more: Partial<Session> = {}, until = now + 60_000) =>
  session('serving', { marks: { offer: { to: 'b', by: 'me', until } }, ...more });

/** The session after these steps, as the hub would write them. */
function then(one: Session, steps: readonly Step[], at = now): Session {
  const copy = structuredClone(one);
  for (const step of steps) for (const event of happenings(step, at)) advance(copy, event);
  return copy;
}

describe('TR-01: to an agent or a group', () => {
  it.each([
    [
      'A-33: to a colleague, whatever he carries',
      session('serving'),
      me,
      { ...colleague, member: { id: 'b', cap: 0 } },
      'ok',
    ],
    ['to one who is away', session('serving'), me, { ...colleague, available: false }, 'member_unavailable'],
    ['to whoever has it', session('serving'), me, { ...colleague, member: { id: 'me' } }, 'taken'],
    ['to a group', session('serving'), me, group, 'ok'],
    ['of one that has ended', session('closed', { agentId: 'me' }), boss, colleague, 'session_closed'],
    ['TR-03: to a group without members', session('serving'), me, { ...group, members: 0 }, 'group_empty'],
    ['TR-07: of a colleague’s', session('serving', { agentId: 'another' }), me, colleague, 'not_your_session'],
    [
      'TR-07: of one he only takes part in',
      session('serving', { agentId: 'another', participants: ['me'] }),
      me,
      colleague,
      'not_your_session',
    ],
    ['TR-07: of one that waits', session('waiting'), me, group, 'not_your_session'],
    ['TR-07: of one that waits, by a supervisor', session('waiting'), boss, group, 'ok'],
    ['TR-07: of a colleague’s, by a supervisor', session('serving', { agentId: 'another' }), boss, colleague, 'ok'],
  ] as const)('%s', (_, one, by, to, result) => {
    expect(code(() => transfer(one, by, to, plain))).toBe(result);
  });
  it.each([
    ['his own', session('serving'), me, 'not_allowed'],
    ['a colleague’s: first of all it is not his', session('serving', { agentId: 'another' }), me, 'not_your_session'],
    ['by a supervisor', session('serving'), boss, 'ok'],
    ['by an admin', session('serving'), { id: 'a', role: 'admin' }, 'ok'],
    ['by the owner', session('serving'), { id: 'o', role: 'owner' }, 'ok'],
  ] as const)('TR-07: where agents may not: %s', (_, one, by, result) => {
    for (const to of [colleague, group])
      expect(code(() => transfer(one, by, to, { ...plain, desk: { mayTransfer: false } }))).toBe(result);
  });
  it('a colleague takes over at once', () => {
    const steps = transfer(session('serving'), me, colleague, plain);
    expect(steps).toEqual([
      { do: 'transfer', byId: 'me', toAgentId: 'b', toGroupId: null },
      { do: 'serve', agentId: 'b', how: 'transferred' },
    ]);
    expect(then(session('serving'), steps)).toMatchObject({ state: 'serving', agentId: 'b' });
  });
  it('a group queues it, at the customer’s level', () => {
    const steps = transfer(session('serving', { priority: 3 }), me, group, plain);
    expect(steps).toEqual([
      { do: 'transfer', byId: 'me', toAgentId: null, toGroupId: 'g' },
      { do: 'wait', groupId: 'g', priority: 3 },
    ]);
    expect(then(session('serving'), steps)).toMatchObject({
      state: 'waiting',
      groupId: 'g',
      agentId: null,
      priority: 3,
    });
  });
  it('a session that waits there already keeps its place', () => {
    expect(transfer(session('waiting', { groupId: 'g' }), boss, group, plain)).toEqual([]);
    const wanted = { agentId: 'x', until: now };
    expect(transfer(session('waiting', { groupId: 'g', wanted }), boss, group, plain)).toHaveLength(2);
  });
});

describe('TR-02, SS-08: with the other side’s consent', () => {
  it('asks, and the session stays where it is', () => {
    const steps = transfer(session('serving'), me, colleague, consent);
    expect(steps).toEqual([{ do: 'offer', byId: 'me', toAgentId: 'b', until: now + 60_000 }]);
    expect(then(session('serving'), steps)).toMatchObject({
      state: 'serving',
      agentId: 'me',
      marks: { offer: { to: 'b', by: 'me', until: now + 60_000 } },
    });
  });
  it('is not asked for a group, nor by who takes it himself, nor for what nobody serves', () => {
    const himself: Target = { kind: 'member', member: { id: 'boss' }, available: true };
    expect(transfer(session('serving'), me, group, consent).map((step) => step.do)).toEqual(['transfer', 'wait']);
    expect(transfer(session('serving'), boss, himself, consent).map((step) => step.do)).toEqual(['transfer', 'serve']);
    expect(transfer(session('waiting'), boss, colleague, consent).map((step) => step.do)).toEqual([
      'transfer',
      'serve',
    ]);
  });
  it('yes: he has it', () => {
    const steps = answerOffer(offered(), 'b', true, { at: now + 1, greetings: [greeting] });
    expect(steps).toEqual([
      { do: 'offer-end', outcome: 'accepted', memberId: 'b' },
      { do: 'transfer', byId: 'me', toAgentId: 'b', toGroupId: null },
      { do: 'serve', agentId: 'b', how: 'transferred' },
      greeting,
    ]);
    const done = then(offered(), steps);
    expect(done).toMatchObject({ state: 'serving', agentId: 'b' });
    expect(done.marks.offer).toBeUndefined();
  });
  it('no: it stays, and whoever asked is told', () => {
    const steps = answerOffer(offered(), 'b', false, { at: now + 1 });
    expect(steps).toEqual([
      { do: 'offer-end', outcome: 'refused', memberId: 'b' },
      { do: 'alert', kind: 'transfer', text: '', words: ['refused'], agentId: 'me' },
    ]);
    expect(then(offered(), steps)).toMatchObject({ state: 'serving', agentId: 'me', marks: {} });
  });
  it('no answer: it stays, and whoever asked is told', () => {
    expect(failed(offered(), 'expired', null)).toEqual([
      { do: 'offer-end', outcome: 'expired', memberId: null },
      { do: 'alert', kind: 'transfer', text: '', words: ['expired'], agentId: 'me' },
    ]);
    expect(failed(session('serving'), 'expired', null)).toEqual([]);
  });
  it.each([
    ['too late', offered({}, now), 'b', 'offer_over'],
    ['without having been asked', session('serving'), 'b', 'offer_over'],
    ['for another', offered(), 'c', 'not_allowed'],
    ['after the end', { ...offered(), state: 'closed' as const }, 'b', 'session_closed'],
  ])('an answer %s is refused', (_, one, who, result) => {
    for (const accepts of [true, false]) expect(code(() => answerOffer(one, who, accepts, { at: now }))).toBe(result);
  });
  it('can be taken back by who asked, by whoever serves it and by who leads', () => {
    for (const by of [me, boss])
      expect(withdraw(offered(), by)[0]).toEqual({ do: 'offer-end', outcome: 'withdrawn', memberId: by.id });
    expect(code(() => withdraw(offered(), { id: 'b', role: 'agent' }))).toBe('not_your_session');
    expect(code(() => withdraw(session('serving'), me))).toBe('offer_over');
    expect(code(() => withdraw({ ...offered(), state: 'closed' }, me))).toBe('session_closed');
  });
  it('TR-05: whoever asked is told when another takes it back, or hands it on himself; not of what he did', () => {
    const told = { do: 'alert', kind: 'transfer', text: '', words: ['withdrawn'], agentId: 'me' };
    expect(withdraw(offered(), boss)[1]).toEqual(told);
    expect(transfer(offered(), boss, group, consent)[1]).toEqual(told);
    expect(withdraw(offered(), me)).toHaveLength(1);
    expect(transfer(offered(), me, group, consent).map((step) => step.do)).toEqual(['offer-end', 'transfer', 'wait']);
  });
  it('the same request again changes nothing; another takes its place', () => {
    expect(transfer(offered(), me, colleague, consent)).toEqual([]);
    const third: Target = { kind: 'member', member: { id: 'c' }, available: true };
    const steps = transfer(offered(), me, third, consent);
    expect(steps.map((step) => step.do)).toEqual(['offer-end', 'offer']);
    expect(then(offered(), steps).marks.offer?.to).toBe('c');
  });
  it('one that has run out can be asked again', () => {
    expect(transfer(offered({}, now), me, colleague, consent).map((step) => step.do)).toEqual(['offer-end', 'offer']);
  });
});

describe('what the customer hears', () => {
  it('TR-04: the greeting of whoever has it now, after he has it', () => {
    expect(transfer(session('serving'), me, group, { ...plain, greetings: [greeting] }).at(-1)).toEqual(greeting);
    expect(transfer(session('serving'), me, colleague, { ...plain, greetings: [greeting] }).at(-1)).toEqual(greeting);
  });
  it('TR-04: nothing while a colleague is only asked', () => {
    const steps = transfer(session('serving'), me, colleague, { ...consent, greetings: [greeting] });
    expect(steps.map((step) => step.do)).toEqual(['offer']);
  });
});

describe('what becomes of it', () => {
  const inQueue = () => then(session('serving'), transfer(session('serving'), me, group, plain));
  it.each([
    ['the customer leaves the queue', { do: 'leave' }, 'bot'],
    ['the customer ends it', { do: 'close', by: 'visitor', memberId: null }, 'closed'],
    ['the house ends it', { do: 'close', by: 'system', memberId: null, reason: 'wait-over' }, 'closed'],
  ] as const)('TR-05: a transfer fails when %s before anybody took it', (_, step, state) => {
    const one = then(inQueue(), [step]);
    expect(one).toMatchObject({ state, agentId: null });
  });
  it('TR-05: the end of a session is the end of the request too', () => {
    const one = then(offered(), [{ do: 'close', by: 'visitor', memberId: null }]);
    expect(one.marks.offer).toBeUndefined();
    expect(code(() => answerOffer(one, 'b', true, { at: now }))).toBe('session_closed');
  });
  it('TR-06: each way of it names whom to tell', () => {
    expect(transfer(session('serving'), me, colleague, consent)[0]).toMatchObject({ toAgentId: 'b' });
    expect(transfer(session('serving'), me, colleague, plain)[0]).toMatchObject({ toAgentId: 'b' });
    expect(transfer(session('serving'), me, group, plain)[0]).toMatchObject({ toGroupId: 'g' });
  });
  it('TR-08: it is one session, and each who took it is counted, once for each take', () => {
    const events: Step[] = [];
    let one = session('waiting');
    const go = (steps: Step[]) => {
      events.push(...steps);
      one = then(one, steps);
    };
    go([{ do: 'serve', agentId: 'me', how: 'matched' }]);
    go(transfer(one, me, colleague, plain));
    go(transfer(one, { id: 'b', role: 'agent' }, { kind: 'member', member: { id: 'me' }, available: true }, plain));
    const takes = events.flatMap((step) => (step.do === 'serve' ? [step.agentId] : []));
    expect(one.id).toBe('s');
    expect(takes).toEqual(['me', 'b', 'me']);
    expect([countsFor(one, 'all'), countsFor(one, 'last')]).toEqual([null, ['me']]);
    expect(events.some((step) => step.do === 'open' || step.do === 'close')).toBe(false);
  });
});
