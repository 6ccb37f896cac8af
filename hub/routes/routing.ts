import { z } from '@hono/zod-openapi';
import { visible } from '../desk/sight.ts';
import { decisions, whatIf } from '../desk/what-if.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { Answer, Decided, Wish } from '../shapes/routing.ts';
import { decidedEvents } from '../store/conversations.ts';
import { body, byId, house, json, route } from './route.ts';

/** Why a session goes where it goes: asked beforehand, and of what happened. */
export function routing(hub: Hub) {
  return house()
    .openapi(
      route('admin', {
        method: 'post',
        path: '/routing/what-if',
        tags: ['Routing'],
        summary: 'Where would this customer go, and why (RT-19)',
        request: { body: body(Wish) },
        responses: { 200: json(Answer, 'What would happen') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { channelId, document, at, ...wish } = c.req.valid('json');
        const channel = await hub.rulebook.channelById(org.id, channelId);
        if (!channel) throw wrong('channelId', 'unknown');
        const when = at === undefined ? hub.now() : Date.parse(at);
        const { decision, hours, ...answer } = await whatIf(hub, org, { ...wish, channel, at: when, draft: document });
        const opensAt = hours.opensAt === null ? null : new Date(hours.opensAt).toISOString();
        return c.json({ ...answer, decision: { ...decision }, hours: { open: hours.open, opensAt } }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/sessions/{id}/decisions',
        tags: ['Routing'],
        summary: 'Why it went where it went',
        request: { params: byId },
        responses: { 200: json(z.object({ items: z.array(Decided) }), 'Decisions, in order') },
      }),
      async (c) => {
        const me = c.get('me');
        const { id } = await visible(hub, me, c.req.valid('param').id);
        return c.json({ items: await decisions(me.org, await decidedEvents(me.org, id)) }, 200);
      },
    );
}
