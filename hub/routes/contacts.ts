import type { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { difference } from '../change.ts';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { Session } from '../shapes/desk.ts';
import { Contact, ContactPatch } from '../shapes/house.ts';
import { showSession } from '../show/session.ts';
import { audit } from '../store/audit.ts';
import { patchContact, sessionsOfContact, shownContact } from '../store/contacts.ts';
import type { Org } from '../store/org.ts';
import { body, byId, cursor, house, json, route } from './route.ts';

const tags = ['Contacts'];

async function one(org: Org, id: string): Promise<z.infer<typeof Contact>> {
  const contact = await shownContact(org, id);
  if (!contact) throw new Refusal('not_found');
  return contact;
}

/** The card at the side of a conversation: who the customer is, on whatever channel. */
export function contacts(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/contacts/{id}',
        tags,
        summary: 'A contact with all identities',
        request: { params: byId },
        responses: { 200: json(Contact, 'The contact') },
      }),
      async (c) => c.json(await one(c.get('me').org, c.req.valid('param').id), 200),
    )
    .openapi(
      route('agent', {
        method: 'patch',
        path: '/contacts/{id}',
        tags,
        summary: 'Change what we know of a contact',
        request: { params: byId, body: body(ContactPatch) },
        responses: { 200: json(Contact, 'The contact') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { org, member } = c.get('me');
        const patch = c.req.valid('json');
        await org.transaction(async (tx) => {
          const before = await one(tx, id);
          const changed = difference<z.infer<typeof Contact>>(before, patch);
          if (!changed) return;
          await patchContact(tx, id, patch, new Date(hub.now()));
          await audit(tx, member.id, 'contact.changed', id, changed.before, changed.after);
        });
        hub.live.publish(org.id, [{ kind: 'contact', id }]);
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/contacts/{id}/sessions',
        tags,
        summary: 'Earlier sessions of a contact, newest first',
        request: { params: byId, query: cursor },
        responses: { 200: json(page(Session), 'Sessions') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { org } = c.get('me');
        await one(org, id);
        const { cursor: before, limit } = c.req.valid('query');
        const rows = await sessionsOfContact(org, id, before, limit + 1);
        const shown = rows.slice(0, limit);
        return c.json(
          {
            items: await Promise.all(shown.map((row) => showSession(hub, org.id, row))),
            next: rows.length > limit ? shown.at(-1)!.id : null,
          },
          200,
        );
      },
    );
}
