import { accept } from '../desk/accept.ts';
import { close } from '../desk/close.ts';
import { visible, visibleOrTaken } from '../desk/sight.ts';
import type { Hub } from '../hub.ts';
import { SessionDetail } from '../shapes/desk.ts';
import { showDetail } from '../show/detail.ts';
import { byId, house, json, route } from './route.ts';

const detailed = { 200: json(SessionDetail, 'Session') } as const;

/** Serving a session begins and ends; what lies between is `transfers.ts` and `session-care.ts`. */
export function sessionActs(hub: Hub) {
  return house()
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/accept',
          tags: ['Sessions'],
          summary: 'Take it from the queue (A-02)',
          request: { params: byId },
          responses: detailed,
        },
        { refuses: ['taken', 'at_capacity', 'session_closed', 'not_waiting'] },
      ),
      async (c) => {
        const me = c.get('me');
        await visibleOrTaken(hub, me, c.req.valid('param').id);
        return c.json(await showDetail(hub, me, await accept(hub, me.org, me.member.id, c.req.valid('param').id)), 200);
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
          responses: detailed,
        },
        { refuses: ['session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(hub, me, c.req.valid('param').id);
        return c.json(await showDetail(hub, me, await close(hub, me.org, me.member, row.id)), 200);
      },
    );
}
