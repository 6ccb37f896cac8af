import { z } from '@hono/zod-openapi';
import { ContactTags, Desk, type SessionTag, Transfers } from '../../core/settings/index.ts';
import type { Hub } from '../hub.ts';
import { house, json, route } from './route.ts';

/** The description's writer cannot follow a schema into itself; the settings' routes have written the tree down. */
const tree = z
  .array(z.custom<SessionTag>())
  .openapi({ type: 'array', items: { $ref: '#/components/schemas/SessionTagNode' } });
const DeskSettings = z
  .object({
    desk: Desk,
    transfers: Transfers,
    /** Customers are asked to rate. */
    ratings: z.boolean(),
    /** Tags to choose from, as the admin keeps them (TG-04). */
    sessionTags: tree,
    contactTags: ContactTags.shape.groups,
  })
  .openapi('DeskSettings');

/** What of the settings an agent's desk is drawn by; read again at the news `changed/settings`. */
export function deskSettings(hub: Hub) {
  return house().openapi(
    route('agent', {
      method: 'get',
      path: '/desk/settings',
      tags: ['Settings'],
      summary: 'What of the settings agents see at their desk',
      responses: { 200: json(DeskSettings, 'Settings of the desk') },
    }),
    async (c) => {
      const { settings } = await hub.rulebook.rules(c.get('me').org.id);
      return c.json(
        {
          desk: settings.desk,
          transfers: settings.transfers,
          ratings: settings.ratings.on,
          sessionTags: settings['session-tags'].tags,
          contactTags: settings['contact-tags'].groups,
        },
        200,
      );
    },
  );
}
