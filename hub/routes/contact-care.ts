import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { block, tagContacts } from '../desk/contact.ts';
import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { ContactActivity, ContactRow } from '../shapes/contacts.ts';
import { Contact } from '../shapes/house.ts';
import { activitiesOf, listContacts, setStar } from '../store/contact-list.ts';
import { shownContact } from '../store/contacts.ts';
import type { Org } from '../store/org.ts';
import { body, byId, cursor, house, json, paged, route } from './route.ts';

const tags = ['Contacts'];
const flag = z
  .enum(['true', 'false'])
  .optional()
  .transform((value) => (value === undefined ? undefined : value === 'true'));
const wish = cursor.extend({
  search: z.string().trim().max(100).optional(),
  channelId: z.uuid().optional(),
  tagId: z.uuid().optional(),
  blocked: flag,
  starred: flag,
});
const tagIds = z.array(z.uuid()).max(100);

async function one(org: Org, id: string): Promise<z.infer<typeof Contact>> {
  const contact = await shownContact(org, id);
  if (!contact) throw new Refusal('not_found');
  return contact;
}

/** The contact book: found, tagged, starred, put on the blacklist. */
export function contactCare(hub: Hub) {
  return house()
    .openapi(
      route('agent', {
        method: 'get',
        path: '/contacts',
        tags,
        summary: 'Contacts, newest first (CT-02)',
        request: { query: wish },
        responses: { 200: json(page(ContactRow), 'Contacts') },
      }),
      async (c) => {
        const query = c.req.valid('query');
        const rows = await listContacts(c.get('me').org, query);
        return c.json(
          paged(rows, query.limit, ({ tag_ids, blocked_at, created_at, channels, ...row }) => ({
            ...row,
            tagIds: tag_ids,
            blocked: blocked_at !== null,
            channels: channels ?? [],
            createdAt: created_at.toISOString(),
          })),
          200,
        );
      },
    )
    .openapi(
      route('agent', {
        method: 'post',
        path: '/contacts/tags',
        tags,
        summary: 'Tag many contacts at once (TG-08)',
        request: {
          body: body(
            z.object({
              contactIds: z.array(z.uuid()).min(1).max(200),
              add: tagIds.default([]),
              remove: tagIds.default([]),
            }),
          ),
        },
        responses: { 200: json(z.object({ changed: z.int() }), 'How many changed') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { contactIds, ...change } = c.req.valid('json');
        return c.json({ changed: await tagContacts(hub, org, member.id, contactIds, change) }, 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'put',
        path: '/contacts/{id}/tags',
        tags,
        summary: 'Exactly these tags; of a single-choice group the last one (TG-07)',
        request: { params: byId, body: body(z.object({ tagIds })) },
        responses: { 200: json(Contact, 'The contact') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { id } = c.req.valid('param');
        await tagContacts(hub, org, member.id, [id], { exactly: c.req.valid('json').tagIds });
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'put',
        path: '/contacts/{id}/block',
        tags,
        summary: 'On the blacklist, or off it (CT-05)',
        request: {
          params: byId,
          body: body(z.object({ on: z.boolean(), reason: z.string().trim().max(500).nullable().default(null) })),
        },
        responses: { 200: json(Contact, 'The contact') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const { id } = c.req.valid('param');
        await one(org, id);
        await block(hub, org, member, id, c.req.valid('json'));
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'put',
        path: '/contacts/{id}/star',
        tags,
        summary: 'Star a contact (A-16)',
        request: { params: byId, body: body(z.object({ on: z.boolean() })) },
        responses: { 200: json(Contact, 'The contact') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { id } = c.req.valid('param');
        if (!(await setStar(org, id, c.req.valid('json').on))) throw new Refusal('not_found');
        hub.live.publish(org.id, [{ kind: 'contact', id }]);
        return c.json(await one(org, id), 200);
      },
    )
    .openapi(
      route('agent', {
        method: 'get',
        path: '/contacts/{id}/activities',
        tags,
        summary: 'What happened to a contact besides conversations (CT-06)',
        request: { params: byId, query: cursor },
        responses: { 200: json(page(ContactActivity), 'Activities, newest first') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { id } = c.req.valid('param');
        await one(org, id);
        const { cursor: before, limit } = c.req.valid('query');
        return c.json(
          paged(await activitiesOf(org, id, before, limit + 1), limit, (row) => ({
            id: row.id,
            kind: row.kind,
            at: row.at.toISOString(),
            member: row.member_id ? { id: row.member_id, name: row.member_name ?? '' } : null,
            data: row.data,
          })),
          200,
        );
      },
    );
}
