import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import type { Me } from '../auth.ts';
import { inWords } from '../desk/in-words.ts';
import { recall } from '../desk/recall.ts';
import { reply } from '../desk/reply.ts';
import { see } from '../desk/see.ts';
import { queuesOf, seesWaiting, visible } from '../desk/sight.ts';
import { toolsFor } from '../desk/tools.ts';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Conversation, Message, SendMessage, Session, SessionDetail, Template } from '../shapes/desk.ts';
import { showDetail } from '../show/detail.ts';
import { isTold, showEvents, showMessages, TOLD_EVENTS } from '../show/message.ts';
import { showSession } from '../show/session.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import { countSessions, eventsOf, listSessions, messagesOf } from '../store/conversations.ts';
import { revive } from '../store/deliveries.ts';
import { marksOf } from '../store/session-marks.ts';
import { messagesById } from '../store/sessions.ts';
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
  const one = async (me: Me, row: SessionRow, message: MessageRow) =>
    (await showMessages(hub, me.org.id, row, [message]))[0]!;

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
        const row = await visible(hub, me, c.req.valid('param').id);
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
          seeWaiting: await seesWaiting(hub, me),
        });
        const marks = await marksOf(
          me.org,
          me.member.id,
          rows.map((row) => row.id),
        );
        const items = rows.map((row) => showSession(hub, me.org.id, row, null, marks.get(row.id)));
        return c.json({ items: await Promise.all(items), next }, 200);
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
        return c.json(
          await countSessions(me.org, me.member.id, await queuesOf(hub, me), await seesWaiting(hub, me)),
          200,
        );
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
      async (c) =>
        c.json(await showDetail(hub, c.get('me'), await visible(hub, c.get('me'), c.req.valid('param').id)), 200),
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
        const row = await visible(hub, me, c.req.valid('param').id);
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
            messages: await showMessages(hub, me.org.id, row, messages),
            events: await showEvents(
              hub,
              me.org.id,
              row,
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
        const row = await visible(hub, me, c.req.valid('param').id);
        const message = await reply(hub, me.org, me.member.id, row.id, c.req.valid('json'), row);
        return c.json(await one(me, row, message), 201);
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
        const row = await visible(hub, me, id);
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
        const row = await visible(hub, me, id);
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
        const row = await visible(hub, me, c.req.valid('param').id);
        const groupIds = (await hub.directory.members(me.org.id)).get(me.member.id)?.groupIds ?? [];
        return c.json(
          await showDetail(
            hub,
            me,
            await see(hub, me.org, { ...me.member, groupIds }, row.id, c.req.valid('json').seq),
          ),
          200,
        );
      },
    );
}
