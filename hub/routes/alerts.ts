import { z } from '@hono/zod-openapi';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Alert } from '../shapes/house.ts';
import { showAlert } from '../show/alert.ts';
import { alertsPage, seeAlerts } from '../store/alerts.ts';
import { body, cursor, done, house, json, paged, route } from './route.ts';

const tags = ['Alerts'];

/**
 * What supervisors and admins are told: word hits (SW-07 … SW-09), channels in trouble, parked webhooks; and agents of what
 * became of their own requests to hand a session on (TR-05).
 */
export function alerts(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/alerts',
        tags,
        summary: 'Alerts, newest first; an agent’s are his own',
        request: { query: cursor },
        responses: { 200: json(page(Alert), 'Alerts') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { cursor: before, limit } = c.req.valid('query');
        const { items, next } = paged(await alertsPage(org, member, before, limit + 1), limit, (row) => row);
        return c.json({ items: await Promise.all(items.map((row) => showAlert(hub, org.id, row))), next }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'post',
        path: '/alerts/seen',
        tags,
        summary: 'I have seen everything up to the newest of these',
        request: { body: body(z.object({ ids: z.array(z.uuid()).min(1).max(1000) })) },
        responses: { 204: done },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        await seeAlerts(org, member, c.req.valid('json').ids);
        return c.body(null, 204);
      },
    );
}
