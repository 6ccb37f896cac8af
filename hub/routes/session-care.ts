import { z } from '@hono/zod-openapi';
import { invite, join, lock, part, tag } from '../desk/care.ts';
import { keepMine } from '../desk/mine.ts';
import { visible } from '../desk/sight.ts';
import type { Hub } from '../hub.ts';
import { Mine, SessionDetail } from '../shapes/desk.ts';
import { showDetail } from '../show/detail.ts';
import { body, byId, house, json, route } from './route.ts';

const tagIds = z.array(z.uuid()).max(50).default([]);
const byParticipant = z.object({ id: z.uuid(), memberId: z.uuid() });
const on = z.object({ on: z.boolean() });
const detailed = { 200: json(SessionDetail, 'Session') } as const;

/** What a member does for a session while it goes on: ask for a rating, tag, lock, mark, and bring colleagues in. */
export function sessionCare(hub: Hub) {
  return house()
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/invitation',
          tags: ['Sessions'],
          summary: 'Ask the customer to rate (CS-13)',
          request: { params: byId },
          responses: {
            200: json(
              z.object({
                /** `open`: asked already and may still answer; `rated`: answered, and only the first counts. */
                state: z.enum(['sent', 'open', 'rated']),
                session: SessionDetail,
              }),
              'What became of it',
            ),
          },
        },
        { refuses: ['session_closed', 'not_your_session'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        const { row, state } = await invite(hub, me.org, me.member, id);
        return c.json({ state, session: await showDetail(hub, me, row) }, 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/tags',
          tags: ['Sessions'],
          summary: 'Put session tags on, or take them off (A-70)',
          request: { params: byId, body: body(z.object({ add: tagIds, remove: tagIds })) },
          responses: detailed,
        },
        { refuses: ['not_your_session', 'at_capacity'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        return c.json(await showDetail(hub, me, await tag(hub, me.org, me.member, id, c.req.valid('json'))), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'put',
          path: '/sessions/{id}/lock',
          tags: ['Sessions'],
          summary: 'No timer ends a locked session (A-17)',
          request: { params: byId, body: body(on) },
          responses: detailed,
        },
        { refuses: ['not_your_session', 'session_closed'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        return c.json(await showDetail(hub, me, await lock(hub, me.org, me.member, id, c.req.valid('json').on)), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'put',
        path: '/sessions/{id}/mine',
        tags: ['Sessions'],
        summary: 'Pin, mute or star it in my own list (A-14…A-16)',
        request: { params: byId, body: body(Mine.partial()) },
        responses: { 200: json(Mine, 'My marks') },
      }),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        return c.json(await keepMine(hub, me.org, me.member, id, c.req.valid('json')), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'post',
          path: '/sessions/{id}/participants',
          tags: ['Sessions'],
          summary: 'Bring a colleague in (A-25)',
          request: { params: byId, body: body(z.object({ memberId: z.uuid() })) },
          responses: detailed,
        },
        { refuses: ['not_your_session', 'session_closed', 'taken', 'at_capacity'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        const row = await join(hub, me.org, me.member, id, c.req.valid('json').memberId);
        return c.json(await showDetail(hub, me, row), 200);
      },
    )
    .openapi(
      route(
        'agent',
        {
          method: 'delete',
          path: '/sessions/{id}/participants/{memberId}',
          tags: ['Sessions'],
          summary: 'Let a colleague go, or leave',
          request: { params: byParticipant },
          responses: detailed,
        },
        { refuses: ['not_your_session', 'session_closed'] },
      ),
      async (c) => {
        const me = c.get('me');
        const { id, memberId } = c.req.valid('param');
        await visible(hub, me, id);
        return c.json(await showDetail(hub, me, await part(hub, me.org, me.member, id, memberId)), 200);
      },
    );
}
