import { z } from '@hono/zod-openapi';
import { maySee } from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import { isMetered } from '../../core/window.ts';
import type { Me } from '../auth.ts';
import { accept } from '../desk/accept.ts';
import { close } from '../desk/close.ts';
import { inWords } from '../desk/in-words.ts';
import { recall } from '../desk/recall.ts';
import { reply } from '../desk/reply.ts';
import { canOf } from '../desk/rulebook.ts';
import { see } from '../desk/see.ts';
import { toolsFor } from '../desk/tools.ts';
import { transfer } from '../desk/transfer.ts';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Conversation, Message, SendMessage, Session, SessionDetail, Template, Transfer } from '../shapes/desk.ts';
import { isTold, showEvents, showMessages, TOLD_EVENTS } from '../show/message.ts';
import { showSession } from '../show/session.ts';
import { placeOf } from '../store/arrivals.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import { countSessions, eventsOf, listSessions, messagesOf } from '../store/conversations.ts';
import { revive } from '../store/deliveries.ts';
import { messagesById, session as readSession } from '../store/sessions.ts';
import { body, byId, house, json, route } from './route.ts';

const listQuery = z.object({
  view: z.enum(['mine', 'waiting', 'all', 'closed']).default('mine'),
  q: z.string().trim().max(100).optional(),
  channelId: z.uuid().optional(),
  groupId: z.uuid().optional(),
  cursor: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const stretch = z.object({
  before: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const byMessage = z.object({ id: z.uuid(), messageId: z.uuid() });
const counts = z.object({ mine: z.int(), waiting: z.int(), all: z.int(), unread: z.int() });

/** The inbox and everything a member does in a conversation. */
export function sessions(hub: Hub) {
  /** The session, if this member may know of it: otherwise it is not there (404, never 403). */
  async function visible(me: Me, id: string): Promise<SessionRow> {
    const row = await readSession(me.org, id);
    if (!row || !(await sees(hub, me, row))) throw new Refusal('not_found');
    return row;
  }
  const detail = async (me: Me, row: SessionRow) => await showDetail(hub, me, row);
  const one = async (me: Me, row: SessionRow, message: MessageRow) =>
    (await showMessages(hub, me.org.id, row.contact_id, [message]))[0]!;

  return house()
    .openapi(
      route(
        'agent',
        {
          method: 'get',
          path: '/sessions/{id}/templates',
          tags: ['Sessions'],
          summary: 'Texts the platform has approved for when the window is shut',
          request: { params: byId },
          responses: { 200: json(z.object({ items: z.array(Template) }), 'Templates') },
        },
        { refuses: ['cannot_carry', 'platform_refused', 'platform_away'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        const channel = await hub.rulebook.channelById(me.org.id, row.channel_id);
        if (!channel?.connector.templates) throw new Refusal('cannot_carry');
        const items = await inWords(() => channel.connector.templates!(channel.config, toolsFor(hub, channel)));
        return c.json({ items: items.map((one) => ({ ...one, category: one.category ?? null })) }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions',
        tags: ['Sessions'],
        summary: 'The inbox, a page at a time',
        request: { query: listQuery },
        responses: { 200: json(page(Session), 'Sessions') },
      }),
      async (c) => {
        const me = c.get('me');
        const wish = c.req.valid('query');
        const { rows, next } = await listSessions(me.org, {
          ...wish,
          memberId: me.member.id,
          groupIds: await queuesOf(hub, me),
        });
        return c.json({ items: await Promise.all(rows.map((row) => showSession(hub, me.org.id, row))), next }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions/counts',
        tags: ['Sessions'],
        summary: 'How many are mine, waiting and open',
        responses: { 200: json(counts, 'Counts') },
      }),
      async (c) => {
        const me = c.get('me');
        return c.json(await countSessions(me.org, me.member.id, await queuesOf(hub, me)), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions/{id}',
        tags: ['Sessions'],
        summary: 'One session, and what I may do with it',
        request: { params: byId },
        responses: { 200: json(SessionDetail, 'Session') },
      }),
      async (c) => c.json(await detail(c.get('me'), await visible(c.get('me'), c.req.valid('param').id)), 200),
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions/{id}/messages',
        tags: ['Sessions'],
        summary: 'What was said and what happened',
        request: { params: byId, query: stretch },
        responses: { 200: json(Conversation, 'A stretch of the conversation') },
      }),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        const wish = c.req.valid('query');
        const messages = await messagesOf(me.org, row.id, wish);
        const full = messages.length === wish.limit;
        const from = full && wish.after === undefined ? messages[0]!.seq : (wish.after ?? 0);
        const to =
          wish.after !== undefined && full
            ? messages.at(-1)!.seq
            : (wish.before ?? row.seq + 1) - (wish.before === undefined ? 0 : 1);
        const events = await eventsOf(me.org, row.id, from, to, TOLD_EVENTS);
        return c.json(
          {
            messages: await showMessages(hub, me.org.id, row.contact_id, messages),
            events: await showEvents(
              hub,
              me.org.id,
              row.contact_id,
              events.filter((event) => isTold(event.type)),
            ),
            before: full && wish.after === undefined && messages[0]!.seq > 1 ? messages[0]!.seq : null,
          },
          200,
        );
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/messages',
          tags: ['Sessions'],
          summary: 'Reply',
          request: { params: byId, body: body(SendMessage) },
          responses: { 201: json(Message, 'The message; a repeat of the same id is the same message') },
        },
        { refuses: ['forbidden_word', 'not_your_session', 'session_closed', 'cannot_carry', 'unreachable'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        return c.json(await one(me, row, await reply(hub, me.org, me.member.id, row.id, c.req.valid('json'))), 201);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/messages/{messageId}/recall',
          tags: ['Sessions'],
          summary: 'Take a message back, within a minute (A-36)',
          request: { params: byMessage },
          responses: { 200: json(Message, 'The message, empty now') },
        },
        { refuses: ['too_late', 'already_recalled', 'cannot_carry', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id, messageId } = c.req.valid('param');
        const row = await visible(me, id);
        return c.json(await one(me, row, await recall(hub, me.org, me.member.id, row.id, messageId)), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/messages/{messageId}/retry',
          tags: ['Sessions'],
          summary: 'Send again what failed',
          request: { params: byMessage },
          responses: { 200: json(Message, 'The message, pending again') },
        },
        { refuses: ['not_failed'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id, messageId } = c.req.valid('param');
        const row = await visible(me, id);
        const [message] = await messagesById(me.org, [messageId]);
        if (message?.session_id !== row.id) throw new Refusal('not_found');
        if (message.author_type === 'agent' && message.author_id !== me.member.id)
          throw new Refusal('not_your_session');
        if (!(await revive(me.org, messageId))) throw new Refusal('not_failed');
        hub.outbox.wake(me.org.id, [row.id]);
        return c.json(await one(me, row, (await messagesById(me.org, [messageId]))[0]!), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/accept',
          tags: ['Sessions'],
          summary: 'Take it from the queue (A-02)',
          request: { params: byId },
          responses: { 200: json(SessionDetail, 'Session') },
        },
        { refuses: ['taken', 'at_capacity', 'session_closed', 'not_waiting'] },
      ),
      async (c) => {
        const me = c.get('me');
        await visibleOrTaken(hub, me, c.req.valid('param').id);
        return c.json(await detail(me, await accept(hub, me.org, me.member.id, c.req.valid('param').id)), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/end',
          tags: ['Sessions'],
          summary: 'End it (A-54)',
          request: { params: byId },
          responses: { 200: json(SessionDetail, 'Session') },
        },
        { refuses: ['session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        return c.json(await detail(me, await close(hub, me.org, me.member, row.id)), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/transfer',
          tags: ['Sessions'],
          summary: 'To a colleague or a group (TR-01)',
          request: { params: byId, body: body(Transfer) },
          responses: { 200: json(SessionDetail, 'Session') },
        },
        { refuses: ['group_empty', 'member_unavailable', 'taken', 'session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        return c.json(await detail(me, await transfer(hub, me.org, me.member, row.id, c.req.valid('json'))), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'post',
        path: '/sessions/{id}/seen',
        tags: ['Sessions'],
        summary: 'I have read it up to this number',
        request: { params: byId, body: body(z.object({ seq: z.int().min(0) })) },
        responses: { 200: json(SessionDetail, 'Session') },
      }),
      async (c) => {
        const me = c.get('me');
        const row = await visible(me, c.req.valid('param').id);
        const groupIds = (await hub.directory.members(me.org.id)).get(me.member.id)?.groupIds ?? [];
        return c.json(
          await detail(me, await see(hub, me.org, { ...me.member, groupIds }, row.id, c.req.valid('json').seq)),
          200,
        );
      },
    );
}

/** The queues this member sees; null: all of them. */
export async function queuesOf(hub: Hub, me: Pick<Me, 'org' | 'member'>): Promise<string[] | null> {
  if (me.member.role !== 'agent') return null;
  return (await hub.directory.members(me.org.id)).get(me.member.id)?.groupIds ?? [];
}

/** A-79; besides, whoever served it once may read it on, and an agent sees the earlier sessions of a customer he serves. */
export async function sees(hub: Hub, me: Pick<Me, 'org' | 'member'>, row: SessionRow): Promise<boolean> {
  const groupIds = (await queuesOf(hub, me)) ?? [];
  const view = {
    id: row.id,
    state: row.state,
    channelId: row.channel_id,
    groupId: row.group_id,
    agentId: row.agent_id,
  };
  if (maySee(view, { id: me.member.id, role: me.member.role, groupIds })) return true;
  const served = await me.org
    .select('services')
    .select('id')
    .where('session_id', '=', row.id)
    .where('agent_id', '=', me.member.id)
    .limit(1)
    .executeTakeFirst();
  if (served) return true;
  if (row.state !== 'closed') return false;
  const serving = await me.org
    .select('sessions')
    .select('id')
    .where('contact_id', '=', row.contact_id)
    .where('agent_id', '=', me.member.id)
    .where('state', '=', 'serving')
    .limit(1)
    .executeTakeFirst();
  return serving !== undefined;
}

/** Of two hundred who press accept, those who come late must hear `taken`, not that it never was. */
async function visibleOrTaken(hub: Hub, me: Me, id: string): Promise<void> {
  const row = await readSession(me.org, id);
  if (!row) throw new Refusal('not_found');
  if (await sees(hub, me, row)) return;
  const groupIds = (await queuesOf(hub, me)) ?? [];
  const wasQueued = row.group_id === null || groupIds.includes(row.group_id);
  throw new Refusal(row.state === 'serving' && wasQueued ? 'taken' : 'not_found');
}

async function showDetail(hub: Hub, me: Me, row: SessionRow) {
  const channel = await hub.rulebook.channelById(me.org.id, row.channel_id);
  const position =
    row.state === 'waiting' && row.waiting_since
      ? await placeOf(me.org, { id: row.id, groupId: row.group_id, since: row.waiting_since })
      : null;
  const mine = row.state === 'serving' && row.agent_id === me.member.id;
  const leads = me.member.role !== 'agent';
  const open = row.state !== 'closed';
  const limit = channel && canOf(channel).window;
  return {
    ...(await showSession(hub, me.org.id, row, position)),
    can: (channel ? canOf(channel) : {}) as Record<string, unknown>,
    window: limit
      ? {
          until: row.window_until?.toISOString() ?? null,
          sends: row.window_left,
          quota: limit.quota === 'push',
          metered: isMetered(limit),
          templates: channel?.connector.templates !== undefined,
        }
      : null,
    entry: row.entry,
    hushed: row.hushed,
    may: {
      reply: mine,
      accept: row.state === 'waiting' || (row.state === 'bot' && leads),
      transfer: open && (mine || leads),
      end: open && (mine || leads),
    },
  };
}
