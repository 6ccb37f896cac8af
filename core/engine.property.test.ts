import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { advance, replay } from './advance.ts';
import type { Can } from './can.ts';
import * as desk from './desk.ts';
import { fit as cut } from './fit.ts';
import { happenings } from './happen.ts';
import type { Inbound } from './inbound.ts';
import { chosen } from './menu.ts';
import { type Sendable, textOf, wordsIn } from './message.ts';
import { instead } from './off-hours.ts';
import { mannerOf } from './reception/serve.ts';
import { closing, onInbound, type Situation } from './reception.ts';
import { again } from './route/index.ts';
import type { Session } from './session.ts';
import type { Step } from './step.ts';
import type { Act } from './test/world/any-act.ts';
import { house } from './test/world/any-house.ts';
import { deskDoes, end } from './test/world/desk.ts';
import { mirrorOf } from './test/world/mirror.ts';
import type { Customer } from './test/world/names.ts';
import { type Kept, World } from './test/world/world.ts';
import { deadline } from './timers.ts';

vi.setConfig({ testTimeout: 300_000 }); // ten thousand runs on a busy machine

/** How often each thing was seen, so that a property about nothing does not pass. */
const seen: Record<string, number> = {};
const count = (what: string) => (seen[what] = (seen[what] ?? 0) + 1);

/** Did the customer ask for a person, in a way that must not be met with silence? */
function asks(event: Inbound, { session, rules }: Situation): boolean {
  if (session?.state === 'serving') return false;
  if (event.kind === 'wish') return event.wish === 'human';
  if (event.kind !== 'message') return false;
  if (event.content.type === 'action') return ['haina:human', 'haina:group:i1'].includes(event.content.data) && known();
  const found = rules.scan(wordsIn(event.content));
  return found.human || (found.keywordHuman !== null && !rules.settings.reception.silentKeyword);

  function known(): boolean {
    return (
      event.kind !== 'message' ||
      event.content.type !== 'action' ||
      event.content.data === 'haina:human' ||
      rules.settings.texts.menu.items.some(({ id }) => id === 'i1')
    );
  }
}

const says = (steps: readonly Step[]) => steps.filter((step) => step.do === 'say');

/** Whoever asks hears something that answers him, and what he hears arrives on his channel whole. */
function answered(world: World, who: Customer, { event, at, steps }: ReturnType<World['inbound']>): void {
  const { channel } = world.person(who);
  const can: Can = { text: channel.text, menu: channel.menu, rating: channel.rating };
  for (const { content } of says(steps)) arrives(content, can);
  for (const step of steps)
    if ((step.do === 'wait' || step.do === 'decided') && step.trace) {
      expect(again(structuredClone(step.trace), world.rules.routes)).toEqual(step.trace.decision);
      count(`outcome ${step.trace.decision.outcome.to}`);
    }
  const only = event.kind === 'message' && at.session?.state !== 'serving' && mannerOf(at).mode === 'human-only';
  const spoke = event.kind === 'message' && !event.silent && !at.session?.hushed;
  if (spoke && instead(at.offHours) && (at.session?.state ?? 'bot') === 'bot') {
    // V-39: after the form or the text was shown no word stays unanswered, unless he has just been told.
    count('wrote after hours');
    const told = at.session?.marks.toldAt !== undefined && Math.abs(at.at - at.session.marks.toldAt) < 60_000;
    const rated = steps.some((step) => step.do === 'rate');
    expect(told || rated || says(steps).length > 0).toBe(true);
  }
  if (asks(event, at)) {
    count('asked');
    const house = says(steps).filter((step) => step.as === 'system');
    expect(house.some(({ content }) => textOf(content).trim() !== '')).toBe(true);
    const { state, marks } = world.open.get(who)!.session;
    count(`asked: ${state}${marks.leaving ? ', leaving' : ''}`);
  } else if (only && !says(steps).length && !at.session?.hushed && !steps.some((step) => step.do === 'rate')) {
    // People only: the rules do not answer, so silence is only for who has just been told, or waits, or went to the bot.
    const told = at.session?.marks.toldAt !== undefined && Math.abs(at.at - at.session.marks.toldAt) < 60_000;
    const bot = steps.some((step) => step.do === 'decided' && step.trace.decision.outcome.to === 'bot');
    expect(told || bot || at.session?.state === 'waiting').toBe(true);
  }
}

/** All its words and choices leave, and the number of each choice is understood when it comes back. */
function arrives(content: Sendable, can: Can): void {
  const pieces = cut(content, can);
  const words = pieces.map(textOf).join('\n');
  expect(words.trim()).not.toBe('');
  if (content.type !== 'menu') return;
  content.options.forEach(({ id, text }, n) => {
    expect(words).toContain(text);
    expect(chosen(content.options, { type: 'text', text: `${n + 1}` })).toBe(id);
  });
}

/** The same session after these steps, without changing it. */
function leads(session: Session, steps: readonly Step[], at: number): Session {
  const next = structuredClone(session);
  for (const step of steps) for (const event of happenings(step, at)) advance(next, event);
  return next;
}

/** From every state there are ways out, and they work. */
function canLeave(world: World, who: Customer, session: Session): void {
  const at = world.situation(who);
  const { settings } = world.house;
  const owner = { id: 'owner', role: 'owner', cap: 1, serving: 0, groupIds: [] } as const;
  const wish = (name: 'end' | 'leave-queue' | 'human'): Inbound => ({
    externalId: 'x',
    from: who,
    at: world.at,
    kind: 'wish',
    wish: name,
  });
  count(`left ${session.state}`);
  expect(leads(session, end(world, who, session, owner), world.at).state).toBe('closed');
  expect(leads(session, onInbound(wish('end'), { ...at, mayEnd: true }), world.at).state).toBe('closed');
  expect(
    leads(session, closing(session, { by: 'system', memberId: null, reason: 'inactive' }, at), world.at).state,
  ).toBe('closed');
  if (session.state === 'bot') {
    expect(leads(session, desk.accept(session, owner), world.at)).toMatchObject({ state: 'serving', agentId: 'owner' });
    if (settings.timers.bot.on && !session.locked) expect(deadline(session, settings)).not.toBeNull();
  }
  if (session.state === 'waiting') {
    expect(leads(session, onInbound(wish('leave-queue'), at), world.at).state).toBe('bot');
    expect(leads(session, desk.accept(session, owner), world.at).state).toBe('serving');
    const member = { ...owner, id: 'm', role: 'agent', groupIds: session.groupId ? [session.groupId] : [] } as const;
    expect(leads(session, desk.accept(session, member), world.at).agentId).toBe('m');
  }
  if (session.state === 'serving') {
    const to = { kind: 'group', groupId: 'elsewhere', members: 1 } as const;
    const steps = desk.transfer(session, owner, to, {
      settings: settings.transfers,
      desk: settings.desk,
      at: world.at,
    });
    expect(leads(session, steps, world.at)).toMatchObject({ state: 'waiting', agentId: null, groupId: 'elsewhere' });
  }
}

/** The row is the replay of its events, as the database gives them back, and what its steps said. */
function replays({ session, events, mirror }: Kept): void {
  const stored = JSON.parse(JSON.stringify(events)) as typeof events;
  for (const told of [events, stored]) expect(replay(session.id, session.channelId, told)).toEqual(session);
  const heard = events.filter(({ type, actor }) => type === 'message' && actor === 'visitor').length;
  expect(mirrorOf(session, heard)).toEqual(mirror);
}

function live(world: World, act: Act): void {
  const before = new Map(world.agents().map(({ id, serving }) => [id, serving]));
  const hear = (what: Parameters<World['inbound']>[1]) =>
    'who' in act && answered(world, act.who, world.inbound(act.who, what));
  if (act.do === 'says') hear({ kind: 'message', messageId: 'm', content: { type: 'text', text: act.text } });
  else if (act.do === 'taps') hear({ kind: 'message', messageId: 'm', content: { type: 'action', data: act.data } });
  else if (act.do === 'wishes') hear({ kind: 'wish', wish: act.wish, groupId: act.groupId });
  else if (act.do === 'rates')
    hear({ kind: 'rate', invitationId: null, stars: act.stars, tags: [], resolved: null, comment: null });
  else if (act.do === 'leaves') hear({ kind: 'leave-message', form: { name: 'x' }, text: 'call me' });
  else if (act.do === 'echoes') hear({ kind: 'echo', messageId: 'm', content: { type: 'text', text: 'x' } });
  else if (act.do === 'passes') {
    world.at += act.seconds * 1000;
    world.tick();
  } else if (act.do === 'matches') world.match();
  else if (act.do === 'turns') world.connected.set(act.agent, act.connected);
  else deskDoes(world, act);
  // Nobody is given more than he can carry; only a colleague's transfer may.
  if (act.do === 'transfers' || act.do === 'answers') return;
  for (const { id, serving, cap } of world.agents())
    if (serving > before.get(id)!) expect(serving).toBeLessThanOrEqual(cap);
}

test('no silence, no dead end, nobody over his cap, and every session is the replay of its events', () => {
  fc.assert(
    fc.property(house, (given) => {
      const world = new World(given);
      for (const act of given.acts) live(world, act);
      for (const [who, { session }] of world.open) canLeave(world, who, session);
      for (const kept of [...world.open.values(), ...world.closed.values()]) replays(kept);
    }),
    { numRuns: 10_000 },
  );
  for (const what of [
    'asked: waiting',
    'asked: bot',
    'asked: bot, leaving',
    'left bot',
    'left waiting',
    'left serving',
    'wrote after hours',
  ])
    expect(seen[what]).toBeGreaterThan(500);
  for (const to of ['wait', 'leave', 'hours', 'bot']) expect(seen[`outcome ${to}`]).toBeGreaterThan(500);
});
