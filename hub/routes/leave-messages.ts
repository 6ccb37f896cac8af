import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import type { Me } from '../auth.ts';
import { queuesOf } from '../desk/sight.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { page } from '../shapes/common.ts';
import { LeaveMessage } from '../shapes/contacts.ts';
import { showCustomer } from '../show/customer.ts';
import { audit } from '../store/audit.ts';
import { countOpen, type LeftRow, listLeft, patchLeft } from '../store/leave-messages.ts';
import { memberExists } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { body, byId, cursor, house, json, paged, route } from './route.ts';

const tags = ['Messages left'];
const STATES = ['open', 'working', 'done'] as const;
/** A screen shows a number of two digits, so no more are counted. */
const MOST_COUNTED = 100;

async function showLeft(hub: Hub, org: Org, row: LeftRow): Promise<z.infer<typeof LeaveMessage>> {
  const { id, name } = await showCustomer(hub, org.id, { ...row, opened_at: row.at });
  return {
    id: row.id,
    sessionId: row.session_id,
    channel: { id: row.channel_id, connector: row.connector, name: row.channel_name },
    contact: { id, name },
    groupId: row.group_id,
    form: row.form,
    text: row.text,
    state: row.state,
    assigneeId: row.assignee_id,
    at: row.at.toISOString(),
  };
}

/** What customers left for us when nobody was there (V-09, LM-07). */
export function leaveMessages(hub: Hub) {
  async function one(me: Me, id: string) {
    const where = { id, groupIds: await queuesOf(hub, me), memberId: me.member.id };
    const [row] = await listLeft(me.org, where, undefined, 1);
    if (!row) throw new Refusal('not_found');
    return await showLeft(hub, me.org, row);
  }
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/leave-messages',
        tags,
        summary: 'Messages left, newest first',
        request: { query: cursor.extend({ state: z.enum(STATES).optional() }) },
        responses: { 200: json(page(LeaveMessage), 'Messages left') },
      }),
      async (c) => {
        const me = c.get('me');
        const { cursor: before, limit, state } = c.req.valid('query');
        const where = { state, groupIds: await queuesOf(hub, me), memberId: me.member.id };
        const { items, next } = paged(await listLeft(me.org, where, before, limit + 1), limit, (row) => row);
        return c.json({ items: await Promise.all(items.map((row) => showLeft(hub, me.org, row))), next }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/leave-messages/counts',
        tags,
        summary: `How many nobody has taken on yet, counted up to ${MOST_COUNTED}`,
        responses: { 200: json(z.object({ open: z.int() }), 'Counts') },
      }),
      async (c) => {
        const me = c.get('me');
        const sight = { groupIds: await queuesOf(hub, me), memberId: me.member.id };
        return c.json({ open: await countOpen(me.org, sight, MOST_COUNTED) }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'patch',
        path: '/leave-messages/{id}',
        tags,
        summary: 'Take it on, or say that it is done',
        request: {
          params: byId,
          body: body(z.object({ state: z.enum(STATES), assigneeId: z.uuid().nullable() }).partial()),
        },
        responses: { 200: json(LeaveMessage, 'The message') },
      }),
      async (c) => {
        const me = c.get('me');
        const { id } = c.req.valid('param');
        const before = await one(me, id);
        const { state, assigneeId } = c.req.valid('json');
        if (assigneeId && !(await memberExists(me.org, assigneeId))) throw wrong('assigneeId', 'unknown');
        await me.org.transaction(async (tx) => {
          await patchLeft(
            tx,
            id,
            { ...(state && { state }), ...(assigneeId !== undefined && { assignee_id: assigneeId }) },
            new Date(hub.now()),
          );
          const was = { state: before.state, assigneeId: before.assigneeId };
          await audit(tx, me.member.id, 'leave-message.changed', id, was, { state, assigneeId });
        });
        hub.live.publish(me.org.id, [{ kind: 'changed', area: 'leave-messages' }]);
        return c.json(await one(me, id), 200);
      },
    );
}
