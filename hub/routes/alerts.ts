import { z } from '@hono/zod-openapi';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Alert } from '../shapes/house.ts';
import { alertsPage, seeAlerts, toAlert } from '../store/alerts.ts';
import { body, cursor, done, house, json, paged, route } from './route.ts';

const tags = ['Alerts'];

/** What supervisors and admins are told: word hits (SW-07 … SW-09), channels in trouble, parked webhooks. */
export function alerts(_hub: Hub) {
  return house()
    .openapi(
      route('supervisor', {
        method: 'get',
        path: '/alerts',
        tags,
        summary: 'Alerts, newest first',
        request: { query: cursor },
        responses: { 200: json(page(Alert), 'Alerts') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { cursor: before, limit } = c.req.valid('query');
        return c.json(paged(await alertsPage(org, member.id, before, limit + 1), limit, toAlert), 200);
      },
    )
    .openapi(
      route('supervisor', {
        method: 'post',
        path: '/alerts/seen',
        tags,
        summary: 'I have seen everything up to the newest of these',
        request: { body: body(z.object({ ids: z.array(z.uuid()).min(1).max(1000) })) },
        responses: { 204: done },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        await seeAlerts(org, member.id, c.req.valid('json').ids);
        return c.body(null, 204);
      },
    );
}
