import { Refusal } from '../../core/refusal.ts';
import { replay } from '../desk/park.ts';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Parked } from '../shapes/house.ts';
import { audit } from '../store/audit.ts';
import { parkedPage, removeParked } from '../store/parked.ts';
import { byId, cursor, done, house, json, paged, route } from './route.ts';

const tags = ['Parked'];
type Row = Awaited<ReturnType<typeof parkedPage>>[number];
const toParked = (row: Row) => ({
  id: row.id,
  channelId: row.channel_id,
  connector: row.connector,
  at: row.at.toISOString(),
  error: row.error,
  bytes: row.bytes,
  attempts: row.attempts,
  replayedAt: row.replayed_at?.toISOString() ?? null,
});

/** Authentic webhooks that our own code failed on: nothing of them is lost, and they can be taken in again. */
export function parked(hub: Hub) {
  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/parked',
        tags,
        summary: 'Parked webhooks, newest first',
        request: { query: cursor },
        responses: { 200: json(page(Parked), 'Parked webhooks') },
      }),
      async (c) => {
        const { cursor: before, limit } = c.req.valid('query');
        return c.json(paged(await parkedPage(c.get('me').org, before, limit + 1), limit, toParked), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/parked/{id}/replay',
        tags,
        summary: 'Take it in again',
        request: { params: byId },
        responses: { 200: json(Parked, 'As it is now') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { id } = c.req.valid('param');
        await replay(hub, org, id);
        await audit(org, member.id, 'parked.replayed', id);
        const [row] = await parkedPage(org, undefined, 1, id);
        if (!row) throw new Refusal('not_found');
        return c.json(toParked(row), 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'delete',
        path: '/parked/{id}',
        tags,
        summary: 'Throw it away',
        request: { params: byId },
        responses: { 204: done },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { id } = c.req.valid('param');
        if (!(await removeParked(org, id))) throw new Refusal('not_found');
        await audit(org, member.id, 'parked.deleted', id);
        return c.body(null, 204);
      },
    );
}
