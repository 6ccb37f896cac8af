import type { Hub } from '../hub.ts';
import { page } from '../shapes/common.ts';
import { AuditEntry } from '../shapes/house.ts';
import { auditPage } from '../store/audit.ts';
import { cursor, house, json, paged, route } from './route.ts';

/** Who changed what, and when. */
export function auditTrail(_hub: Hub) {
  return house().openapi(
    route('admin', {
      method: 'get',
      path: '/audit',
      tags: ['Audit'],
      summary: 'Changes, newest first',
      request: { query: cursor },
      responses: { 200: json(page(AuditEntry), 'Changes') },
    }),
    async (c) => {
      const { cursor: before, limit } = c.req.valid('query');
      return c.json(
        paged(await auditPage(c.get('me').org, before, limit + 1), limit, (row) => ({
          id: row.id,
          at: row.at.toISOString(),
          member: row.member_id ? { id: row.member_id, name: row.member_name ?? '' } : null,
          action: row.action,
          subject: row.subject,
          before: row.before,
          after: row.after,
        })),
        200,
      );
    },
  );
}
