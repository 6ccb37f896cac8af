import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replay } from '../../core/advance.ts';
import { newId } from '../id.ts';
import type { Org } from '../store/org.ts';
import { putSettings } from '../store/settings.ts';
import { group, keywordRule, member, word } from '../test/build.ts';
import { refusal, type TestDesk, testDesk, text } from '../test/desk.ts';
import { accept } from './accept.ts';
import { invite, join, lock, part, tag } from './care.ts';
import { close } from './close.ts';
import { pair } from './pair.ts';
import { recall } from './recall.ts';
import { reply } from './reply.ts';
import { see } from './see.ts';
import { answerOffer, transfer, withdrawOffer } from './transfer.ts';
import { sessionOf } from './view.ts';
import { wake } from './wake.ts';

/**
 * The engine as a whole: whatever visitors and members do, in whatever order and some of it at once, the rows that
 * screens and reports read are those that can be worked out from the events alone.
 */
type Act =
  | {
      who: 'visitor';
      index: number;
      does: 'text' | 'keyword' | '人工' | 'human' | 'leave-queue' | 'end' | 'enter' | 'read' | 'burst' | 'rate' | '5';
    }
  | {
      who: 'member';
      index: number;
      does:
        | 'accept'
        | 'reply'
        | 'close'
        | 'recall'
        | 'see'
        | 'to-member'
        | 'to-group'
        | 'yes'
        | 'no'
        | 'withdraw'
        | 'invite'
        | 'tag'
        | 'lock'
        | 'join'
        | 'part';
      session: number;
    }
  | { who: 'house'; does: 'pair' | 'wait a while' };

const acts = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      who: fc.constant('visitor' as const),
      index: fc.nat(2),
      does: fc.constantFrom(
        'text',
        'keyword',
        '人工',
        'human',
        'human',
        'leave-queue',
        'end',
        'enter',
        'read',
        'burst',
        'rate',
        '5',
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      who: fc.constant('member' as const),
      index: fc.nat(2),
      does: fc.constantFrom(
        'accept',
        'accept',
        'reply',
        'close',
        'recall',
        'see',
        'to-member',
        'to-member',
        'to-group',
        'yes',
        'yes',
        'no',
        'withdraw',
        'invite',
        'tag',
        'lock',
        'join',
        'part',
      ),
      session: fc.nat(5),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      who: fc.constant('house' as const),
      does: fc.constantFrom('pair' as const, 'wait a while' as const),
    }),
  },
) as fc.Arbitrary<Act>;
/** What is in one list happens at once. */
const plays = fc.array(fc.array(acts, { minLength: 1, maxLength: 4 }), { minLength: 4, maxLength: 14 });

test('events, waits, services, transfers and sessions tell one story', async () => {
  const desk = await testDesk();
  const { hub } = desk;
  let served = 0;
  await fc.assert(
    fc.asyncProperty(plays, fc.boolean(), async (play, confirm) => {
      const stage = await prepare(desk, confirm);
      for (const scene of play) {
        await Promise.all(scene.map((act) => perform(desk, stage, act)));
        desk.clock.pass(1000);
      }
      await desk.settled();
      served += await check(stage.org, stage.cap);
      expect(hub.id).toBeTruthy();
    }),
    { numRuns: 50, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  );
  // The plays do get somewhere: a test of sessions that nobody serves would prove little.
  expect(served).toBeGreaterThan(20);
}, 120_000);

async function prepare(desk: TestDesk, confirm: boolean) {
  const { hub } = desk;
  const { organisation, webChannel } = await import('../test/build.ts');
  const org = await organisation(hub);
  const web = await webChannel(hub, org);
  const groupId = await group(org);
  const cap = 2;
  const members = await Promise.all([
    member(hub, org, { cap }),
    member(hub, org, { cap, groupIds: [groupId] }),
    member(hub, org, { cap, role: 'supervisor', groupIds: [groupId] }),
  ]);
  // At the desk for transfers, but matched only when the house says so.
  await org.update('members').set({ status: 'busy' }).where('id', '=', members[0]!).execute();
  await word(hub, org, 'forced-human', '人工', 'equals');
  await keywordRule(hub, org, 'price', '99');
  await keywordRule(hub, org, '', 'welcome', { type: 'welcome' });
  const tagId = newId();
  for (const [area, document] of Object.entries({
    transfers: { confirm, answerWithin: 20 },
    ratings: { least: { on: false }, skipOneSided: false, firstOnly: false },
    'session-tags': { tags: [{ id: tagId, name: '退货', children: [] }] },
    timers: {
      agentSilent: { after: 20, alarm: true },
      visitorSilent: { on: true, after: 20, reminders: 1 },
      waitReminder: { on: true, after: 15, times: 2, every: 15 },
      waitOver: { on: true, after: 60, then: 'end' },
      bot: { on: true, after: 90 },
    },
    matching: { silent: { on: true, after: 30 } },
  }))
    await putSettings(org, area, 0, document, new Date(hub.now()), null);
  return { org, web, groupId, cap, members, tagId, visitors: [web.visitor(), web.visitor(), web.visitor()] };
}
type Stage = Awaited<ReturnType<typeof prepare>>;

async function perform(desk: TestDesk, stage: Stage, act: Act): Promise<void> {
  const { hub, app } = desk;
  const { org, web, members } = stage;
  if (act.who === 'house') {
    if (act.does === 'pair') return void (await pair(hub, org));
    desk.clock.pass(21_000);
    return void (await wake(hub));
  }
  const sessions = await org.select('sessions').selectAll().orderBy('id').execute();
  if (act.who === 'visitor') {
    const { token } = stage.visitors[act.index]!;
    const message = (words: string) => ({ type: 'message', id: newId(), content: text(words) });
    const last = sessions.at(-1);
    const events =
      act.does === 'text'
        ? [message('hello')]
        : act.does === '5'
          ? [message('5')]
          : act.does === 'rate'
            ? [
                {
                  type: 'rate',
                  id: newId(),
                  invitationId: last?.marks.invited?.id ?? newId(),
                  stars: 4,
                  tags: [],
                  resolved: null,
                  comment: null,
                },
              ]
            : act.does === 'keyword'
              ? [message('price?')]
              : act.does === '人工'
                ? [message('人工')]
                : act.does === 'burst'
                  ? [
                      message('a'),
                      { type: 'human', id: newId() },
                      message('b'),
                      { type: 'leave-queue', id: newId() },
                      { type: 'human', id: newId() },
                      { type: 'end', id: newId() },
                      message('c'),
                    ]
                  : act.does === 'read'
                    ? last
                      ? [{ type: 'read', id: newId(), cursor: `${last.id}:${last.seq}` }]
                      : []
                    : [{ type: act.does, id: newId() }];
    if (!events.length) return;
    const body = JSON.stringify({ events });
    const post = async () =>
      (
        await app.request(`/webhooks/web/${web.key}`, {
          method: 'POST',
          headers: { authorization: `Visitor ${token}`, 'content-type': 'application/json' },
          body,
        })
      ).status;
    // A page that heard no answer says it again.
    expect(await Promise.all([post(), post()])).toEqual([200, 200]);
    return;
  }
  const row = sessions[act.session % (sessions.length || 1)];
  if (!row) return;
  const id = members[act.index]!;
  const me = {
    id,
    role: act.index === 2 ? ('supervisor' as const) : ('agent' as const),
    groupIds: act.index ? [stage.groupId] : [],
  };
  const own =
    act.does === 'recall'
      ? await org
          .select('messages')
          .select('id')
          .where('session_id', '=', row.id)
          .where('author_id', '=', id)
          .orderBy('seq', 'desc')
          .executeTakeFirst()
      : undefined;
  await refusal(
    act.does === 'accept'
      ? accept(hub, org, id, row.id)
      : act.does === 'reply'
        ? reply(hub, org, id, row.id, { id: newId(), content: text('answer') })
        : act.does === 'close'
          ? close(hub, org, me, row.id)
          : act.does === 'see'
            ? see(hub, org, me, row.id, act.session % 2 ? row.seq : Math.max(0, row.seq - 2))
            : act.does === 'recall'
              ? own
                ? recall(hub, org, id, row.id, own.id)
                : Promise.resolve()
              : act.does === 'yes' || act.does === 'no'
                ? answerOffer(hub, org, row.marks.offer?.to ?? id, row.id, act.does === 'yes')
                : act.does === 'withdraw'
                  ? withdrawOffer(hub, org, me, row.id)
                  : act.does === 'invite'
                    ? invite(hub, org, me, row.id)
                    : act.does === 'tag'
                      ? tag(hub, org, me, row.id, { add: [stage.tagId], remove: [] })
                      : act.does === 'lock'
                        ? lock(hub, org, me, row.id, act.session % 2 === 0)
                        : act.does === 'join' || act.does === 'part'
                          ? { join, part }[act.does](hub, org, me, row.id, members[(act.index + 1) % 3]!)
                          : transfer(
                              hub,
                              org,
                              me,
                              row.id,
                              act.does === 'to-group'
                                ? { groupId: stage.groupId }
                                : { memberId: members[(act.index + 1) % 3]! },
                            ),
  );
}

/** Works everything out again from the events and compares. Gives how many stretches of service there were. */
async function check(org: Org, cap: number): Promise<number> {
  const [sessions, events, messages, waits, services, transfers] = await Promise.all([
    org.select('sessions').selectAll().execute(),
    org.select('session_events').selectAll().orderBy('session_id').orderBy('seq').execute(),
    org.select('messages').selectAll().execute(),
    org.select('waits').selectAll().execute(),
    org.select('services').selectAll().execute(),
    org.select('transfers').selectAll().execute(),
  ]);
  const open = sessions.filter((row) => row.state !== 'closed');
  expect(new Set(open.map((row) => row.identity_id)).size).toBe(open.length);
  for (const row of sessions) {
    const own = events.filter((event) => event.session_id === row.id);
    expect(own.map((event) => event.seq)).toEqual(own.map((_, index) => index + 1));
    expect(own.at(-1)!.seq).toBe(row.seq);
    expect([own[0]!.type, own.slice(1).some((event) => event.type === 'opened')]).toEqual(['opened', false]);
    const said = own.filter((event) => event.type === 'message').map((event) => [event.message_id, event.seq]);
    expect(
      messages
        .filter((message) => message.session_id === row.id)
        .sort((a, b) => a.seq - b.seq)
        .map((message) => [message.id, message.seq]),
    ).toEqual(said);

    // The story, told by events alone.
    let state = 'bot';
    let agent: string | null = null;
    let groupId: string | null = null;
    let agreed = false;
    const story = {
      waits: [] as (string | null)[][],
      services: [] as (string | null)[][],
      transfers: [] as (string | null)[][],
    };
    const endWait = (outcome: string) => {
      if (state === 'waiting') story.waits.at(-1)![1] = outcome;
    };
    const endService = () => {
      if (state === 'serving') story.services.at(-1)![2] = 'ended';
    };
    const endTransfer = (how: string) => {
      const last = story.transfers.at(-1);
      if (last && last[1] === null) last[1] = how;
    };
    for (const event of own) {
      const data = event.data as Record<string, string | null> | null;
      if (event.type === 'waiting') {
        endWait('transferred');
        endService();
        if (data!.lost) endTransfer('failed');
        [state, agent, groupId] = ['waiting', null, data!.groupId ?? null];
        story.waits.push([groupId, null]);
      } else if (event.type === 'left') {
        endWait('left');
        endTransfer('failed');
        [state, agent] = ['bot', null];
      } else if (event.type === 'served') {
        endWait('served');
        endService();
        endTransfer(event.actor_id!);
        [state, agent] = ['serving', event.actor_id];
        story.services.push([event.actor_id, data!.how!, null]);
      } else if (event.type === 'offered') {
        endTransfer('failed');
        story.transfers.push([data!.to!, null]);
      } else if (event.type === 'offer-ended') {
        agreed = data!.outcome === 'accepted';
        if (!agreed) endTransfer('failed');
      } else if (event.type === 'transferred') {
        if (!agreed) {
          endTransfer('failed');
          story.transfers.push([data!.toAgentId ?? data!.toGroupId!, null]);
        }
        agreed = false;
      } else if (event.type === 'closed') {
        endWait(event.actor_type === 'visitor' ? 'left' : 'closed');
        endService();
        endTransfer('failed');
        state = 'closed';
      }
    }
    expect([row.state, row.agent_id, row.group_id]).toEqual([state, agent, groupId]);
    const mine = <T extends { session_id: string; id: string }>(rows: T[]) =>
      rows.filter((one) => one.session_id === row.id).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(mine(waits).map((one) => [one.group_id, one.outcome])).toEqual(story.waits);
    expect(mine(services).map((one) => [one.agent_id, one.how, one.ended_at && 'ended'])).toEqual(story.services);
    expect(
      mine(transfers).map((one) => [
        one.to_agent_id ?? one.to_group_id,
        one.taken_by ?? (one.failed_at ? 'failed' : null),
      ]),
    ).toEqual(story.transfers);

    // Core's own telling of it: the row is the replay of its events.
    const told = own.map((event) => ({
      type: event.type,
      actor: event.actor_type,
      actorId: event.actor_id,
      data: event.data,
      at: event.at.getTime(),
    }));
    expect(sessionOf(row)).toEqual(replay(row.id, row.channel_id, told));
    if (row.state !== 'closed' && row.wake_at) expect(row.wake_at.getTime()).toBeGreaterThan(0);

    // And what the row says besides.
    expect([
      row.waiting_since !== null,
      row.served_since !== null && state === 'serving',
      row.closed_at !== null,
      row.ended_by !== null,
    ]).toEqual([state === 'waiting', state === 'serving', state === 'closed', state === 'closed']);
    expect(mine(waits).filter((one) => one.ended_at === null)).toHaveLength(state === 'waiting' ? 1 : 0);
    expect(mine(services).filter((one) => one.ended_at === null)).toHaveLength(state === 'serving' ? 1 : 0);
    for (const wait of mine(waits)) expect((wait.ended_at === null) === (wait.outcome === null)).toBe(true);
    const unseen = messages.filter(
      (message) => message.session_id === row.id && message.author_type === 'visitor' && message.seq > row.seen_seq,
    );
    expect(row.unread).toBe(unseen.length);
    expect(row.seen_seq <= row.seq && row.read_seq <= row.seq).toBe(true);
  }
  // Transfers may go past the cap; what was accepted or matched may not.
  const transferred = services.some((one) => one.how === 'transferred');
  const loads = Map.groupBy(
    open.filter((row) => row.state === 'serving'),
    (row) => row.agent_id,
  );
  if (!transferred) for (const [, list] of loads) expect(list.length).toBeLessThanOrEqual(cap);
  return services.length;
}
