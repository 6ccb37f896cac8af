import { z } from '@hono/zod-openapi';
import { visible } from '../desk/sight.ts';
import { answerOffer, transfer, withdrawOffer } from '../desk/transfer.ts';
import type { Hub } from '../hub.ts';
import { SessionDetail, Transfer } from '../shapes/desk.ts';
import { showDetail } from '../show/detail.ts';
import { body, byId, house, json, route } from './route.ts';

const detailed = { 200: json(SessionDetail, 'Session') } as const;

/** A session is handed on: to a colleague, who may be asked first, or to a group. */
export function transfers(hub: Hub) {
  return house()
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/transfer',
          tags: ['Sessions'],
          summary: 'To a colleague or a group (TR-01)',
          request: { params: byId, body: body(Transfer) },
          responses: detailed,
        },
        { refuses: ['group_empty', 'member_unavailable', 'taken', 'session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(hub, me, c.req.valid('param').id);
        return c.json(
          await showDetail(hub, me, await transfer(hub, me.org, me.member, row.id, c.req.valid('json'))),
          200,
        );
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/offer',
          tags: ['Sessions'],
          summary: 'Answer the request to take it over (TR-02)',
          request: { params: byId, body: body(z.object({ accept: z.boolean() })) },
          responses: detailed,
        },
        { refuses: ['offer_over', 'session_closed'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(hub, me, c.req.valid('param').id);
        const answered = await answerOffer(hub, me.org, me.member.id, row.id, c.req.valid('json').accept);
        return c.json(await showDetail(hub, me, answered), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'delete',
          path: '/sessions/{id}/offer',
          tags: ['Sessions'],
          summary: 'Take the request back',
          request: { params: byId },
          responses: detailed,
        },
        { refuses: ['offer_over', 'session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const row = await visible(hub, me, c.req.valid('param').id);
        return c.json(await showDetail(hub, me, await withdrawOffer(hub, me.org, me.member, row.id)), 200);
      },
    );
}
