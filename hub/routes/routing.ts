import { z } from '@hono/zod-openapi';
import { decisions } from '../desk/decisions.ts';
import { visible } from '../desk/sight.ts';
import { whatIf } from '../desk/what-if.ts';
import type { Hub } from '../hub.ts';
import { wrong } from '../problem.ts';
import { Answer, Decided, Wish } from '../shapes/routing.ts';
import { decidedEvents } from '../store/conversations.ts';
import { supposed } from '../store/supposed.ts';
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
        const { channelId, contactId, document, at, ...wish } = c.req.valid('json');
        const channel = await hub.rulebook.channelById(org.id, channelId);
        if (!channel) throw wrong('channelId', 'unknown');
        const contact = contactId === null ? null : await supposed(org, contactId, channel.id);
        if (contact === undefined) throw wrong('contactId', 'unknown');
        const when = at === undefined ? hub.now() : Date.parse(at);
        const told = await whatIf(hub, org, { ...wish, channel, contact, at: when, draft: document });
        const { decision, hours, contact: shown, ...answer } = told;
        const closedBy = shown?.closedBy && { ...shown.closedBy, at: new Date(shown.closedBy.at).toISOString() };
        return c.json(
          {
            ...answer,
            contact: shown && { ...shown, closedBy: closedBy ?? null },
            decision: decision && { ...decision },
            hours: { open: hours.open, opensAt: hours.opensAt === null ? null : new Date(hours.opensAt).toISOString() },
          },
          200,
        );
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
