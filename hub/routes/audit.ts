import { z } from '@hono/zod-openapi';
import type { Hub } from '../hub.ts';
import { entryNames } from '../settings/entry-names.ts';
import { page } from '../shapes/common.ts';
import { AuditEntry } from '../shapes/house.ts';
import { auditActions, auditPage } from '../store/audit.ts';
import { namesOf } from '../store/names.ts';
import type { Org } from '../store/org.ts';
import { cursor, house, json, paged, route } from './route.ts';

const tags = ['Audit'];
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const filter = cursor.extend({
  area: z.string().max(60).optional().openapi({ description: 'What it is about: `group` of `group.changed`' }),
  action: z.string().max(60).optional(),
  subject: z.string().max(200).optional(),
  memberId: z.uuid().optional(),
  from: moment.optional(),
  to: moment.optional().openapi({ description: 'Before this moment' }),
});
const Trail = page(AuditEntry).extend({
  /** Names of the ids that the changes speak of, as far as they are there. */
  names: z.record(z.string(), z.string()),
});

/** Who changed what, and when (AL-01…AL-03). */
export function auditTrail(_hub: Hub) {
  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/audit',
        tags,
        summary: 'Changes, newest first',
        request: { query: filter },
        responses: { 200: json(Trail, 'Changes') },
      }),
      async (c) => {
        const { org } = c.get('me');
        const { cursor: before, limit, ...wanted } = c.req.valid('query');
        const rows = await auditPage(org, wanted, before, limit + 1);
        const shown = paged(rows, limit, (row) => ({
          id: row.id,
          at: row.at.toISOString(),
          member: row.member_id ? { id: row.member_id, name: row.member_name ?? '' } : null,
          action: row.action,
          subject: row.subject,
          before: row.before,
          after: row.after,
        }));
        return c.json({ ...shown, names: await named(org, shown.items) }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/audit/actions',
        tags,
        summary: 'The kinds of change there are',
        responses: { 200: json(z.object({ items: z.array(z.string()) }), 'Actions') },
      }),
      async (c) => c.json({ items: await auditActions(c.get('me').org) }, 200),
    );
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** More are not looked up for one page. */
const MOST_IDS = 5000;

async function named(org: Org, entries: readonly object[]): Promise<Record<string, string>> {
  const ids = [...new Set(JSON.stringify(entries).match(ID) ?? [])].slice(0, MOST_IDS);
  const own = await entryNames(org);
  return {
    ...Object.fromEntries(ids.flatMap((id) => (own.has(id) ? [[id, own.get(id)!]] : []))),
    ...(await namesOf(org, ids)),
  };
}
