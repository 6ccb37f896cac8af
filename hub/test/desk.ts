import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Parts } from '../open.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { lineChannel, lineText, organisation, webChannel } from './build.ts';
import { memoryLive, type TestHub, testHub } from './hub.ts';
import { fakeLine } from './line.ts';

export interface Clock {
  now(): number;
  pass(ms: number): void;
}
/** A clock that goes when it is told to. Milliseconds. */
export function testClock(start = Date.UTC(2026, 0, 5, 9)): Clock {
  let at = start;
  return { now: () => at, pass: (ms) => void (at += ms) };
}
/** The clock on the wall, for what real connections wait on. */
export const wallClock: Clock = { now: Date.now, pass: () => {} };

/** A hub with one organisation, a LINE account on a stand-in and a web chat, and what tests of the desk do all day. */
export async function testDesk({
  line = fakeLine(),
  clock = testClock(),
  ...parts
}: Partial<Parts> & { vars?: Record<string, string>; line?: ReturnType<typeof fakeLine>; clock?: Clock } = {}) {
  const test = await testHub({ fetch: line.fetch, now: clock.now, ...parts });
  const org = await organisation(test.hub);
  const channel = await lineChannel(test.hub, org);
  const web = await webChannel(test.hub, org);
  return { ...test, org, channel, web, line, clock, ...doings(test, org, channel, web, clock) };
}
export type TestDesk = Awaited<ReturnType<typeof testDesk>>;

/** Two hubs on one database, hearing each other by ids alone. The second has the first's organisation and channels. */
export async function twoDesks(databaseUrl: string, parts: Parameters<typeof testDesk>[0] = {}) {
  const live = memoryLive(new Set());
  const clock = parts.clock ?? testClock();
  const line = parts.line ?? fakeLine();
  const a = await testDesk({ ...parts, databaseUrl, live, clock, line });
  const other = await testHub({ fetch: line.fetch, now: clock.now, ...parts, databaseUrl, live });
  const org = other.hub.db.org(a.org.id);
  const b: TestDesk = { ...a, ...other, org, ...doings(other, org, a.channel, a.web, clock) };
  return { a, b };
}

function doings(
  test: TestHub,
  org: Org,
  channel: { key: string },
  web: Awaited<ReturnType<typeof webChannel>>,
  clock: Clock,
) {
  const session = async (id: string) =>
    (await org.select('sessions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as SessionRow;
  return {
    session,
    sessions: async () =>
      (await org.select('sessions').selectAll().orderBy('opened_at').orderBy('id').execute()) as SessionRow[],
    messages: async (sessionId?: string) =>
      (await org
        .select('messages')
        .selectAll()
        .$if(sessionId !== undefined, (query) => query.where('session_id', '=', sessionId!))
        .orderBy('session_id')
        .orderBy('seq')
        .execute()) as MessageRow[],
    message: async (id: string) =>
      (await org.select('messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow()) as MessageRow,
    events: async (sessionId: string) =>
      await org.select('session_events').selectAll().where('session_id', '=', sessionId).orderBy('seq').execute(),
    alerts: async () =>
      await org
        .select('alerts')
        .select(['kind', 'member_id', 'session_id', 'channel_id', 'text', 'words'])
        .orderBy('id')
        .execute(),
    /** A LINE customer says something; what follows has happened when this resolves. */
    async says(text: string, from = customer(1)): Promise<void> {
      clock.pass(1);
      await test.app.request(`/webhooks/line/${channel.key}`, {
        method: 'POST',
        ...lineText(text, { from, now: clock.now() }),
      });
      await test.settled();
    },
    /** A visitor of the web chat; `post` sends events of his page and gives the answer's status. */
    visitor: (known = web.visitor()) => ({
      ...known,
      async post(...events: object[]): Promise<number> {
        clock.pass(1);
        const body = JSON.stringify({ events: events.map((event) => ({ id: newId(), ...event })) });
        const answer = await test.app.request(`/webhooks/web/${web.key}`, {
          method: 'POST',
          headers: { authorization: `Visitor ${known.token}`, 'content-type': 'application/json' },
          body,
        });
        await test.settled();
        return answer.status;
      },
      says(text: string) {
        return this.post({ type: 'message', content: { type: 'text', text } });
      },
    }),
  };
}

export const customer = (number: number): string => `U${String(number).padStart(32, '0')}`;
export const text = (words: string) => ({ type: 'text' as const, text: words });

/** The code of the refusal that `work` ends with, or `ok`. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'ok',
    (error: { code?: string; name?: string }) => (error.name === 'Refusal' ? error.code! : Promise.reject(error)),
  );
}

/** Straight into the database: as many waiting sessions as asked for, one customer each, a millisecond apart. */
export async function queueUp(
  hub: Hub,
  org: Org,
  channelId: string,
  many: number,
  groupId: string | null = null,
): Promise<string[]> {
  const start = hub.now();
  const rows = Array.from({ length: many }, (_, index) => ({
    id: newId(),
    contact: newId(),
    identity: newId(),
    at: new Date(start + index),
  }));
  await org
    .insert(
      'contacts',
      rows.map((row) => ({
        id: row.contact,
        name: 'c',
        avatar: null,
        phone: null,
        email: null,
        company: null,
        remark: null,
        fields: '{}',
      })),
    )
    .execute();
  await org
    .insert(
      'identities',
      rows.map((row) => ({
        id: row.identity,
        contact_id: row.contact,
        channel_id: channelId,
        external_id: `U${row.identity.replaceAll('-', '')}`,
        name: 'c',
        avatar: null,
        language: null,
        more: '{}',
        profile_at: row.at,
        last_seen_at: row.at,
      })),
    )
    .execute();
  await org
    .insert(
      'sessions',
      rows.map((row) => ({
        id: row.id,
        channel_id: channelId,
        contact_id: row.contact,
        identity_id: row.identity,
        state: 'waiting' as const,
        group_id: groupId,
        agent_id: null,
        seq: 2,
        unread: 0,
        seen_seq: 0,
        read_seq: 0,
        last: null,
        last_at: row.at,
        opened_at: row.at,
        waiting_since: row.at,
        served_since: null,
        unanswered_since: null,
        closed_at: null,
        ended_by: null,
        wake_at: null,
        inbound_at: null,
        sends: 0,
        reply_token: null,
        reply_until: null,
        receipt: null,
      })),
    )
    .execute();
  await org
    .insert(
      'session_events',
      rows.flatMap((row) =>
        (['opened', 'waiting'] as const).map((type, index) => ({
          session_id: row.id,
          seq: index + 1,
          type,
          actor_type: 'visitor' as const,
          actor_id: null,
          message_id: null,
          external_id: null,
          data: null,
          at: row.at,
        })),
      ),
    )
    .execute();
  await org
    .insert(
      'waits',
      rows.map((row) => ({
        id: newId(),
        session_id: row.id,
        group_id: groupId,
        started_at: row.at,
        ended_at: null,
        outcome: null,
      })),
    )
    .execute();
  return rows.map((row) => row.id);
}
