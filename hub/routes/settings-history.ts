import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { type DocumentArea, read, schemaOf } from '../settings/areas.ts';
import { area, author, findings, version } from '../settings/describe.ts';
import { lookAt } from '../settings/look.ts';
import { save } from '../settings/save.ts';
import { take } from '../settings/take.ts';
import { instant } from '../shapes/common.ts';
import type { Org } from '../store/org.ts';
import { revisionOf, revisionsPage } from '../store/revisions.ts';
import { body, house, json, route } from './route.ts';

const tags = ['Settings'];
const ofArea = z.object({ area: area.openapi({ param: { name: 'area', in: 'path' } }) });
const document = z.record(z.string(), z.unknown());
const revision = { version, at: instant.nullable(), by: author };
const Revisions = z
  .object({ items: z.array(z.object(revision)), next: version.nullable() })
  .openapi('SettingsRevisions');
const Revision = z.object({ area, ...revision, document }).openapi('SettingsRevision');
const Rolled = z
  .object({ area, version, document, updatedAt: instant.nullable(), by: author, findings })
  .openapi('SettingsRolledBack');

/** The versions of an area's document, and the way back to one of them. */
export function settingsHistory(_hub: Hub) {
  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/{area}/schema',
        tags,
        summary: 'The JSON Schema of an area; `ref` marks ids and says of what',
        request: { params: ofArea },
        responses: { 200: json(document, 'JSON Schema') },
      }),
      (c) => c.json(z.toJSONSchema(schemaOf(c.req.valid('param').area), { io: 'input' }) as never, 200),
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/{area}/revisions',
        tags,
        summary: 'The versions of an area, newest first',
        request: {
          params: ofArea,
          query: z.object({
            before: z.coerce.number().int().min(1).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
        },
        responses: { 200: json(Revisions, 'Versions') },
      }),
      async (c) => {
        const { before, limit } = c.req.valid('query');
        const rows = await revisionsPage(c.get('me').org, c.req.valid('param').area, before, limit + 1);
        const items = rows.slice(0, limit).map(shown);
        return c.json({ items, next: rows.length > limit ? items.at(-1)!.version : null }, 200);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings/{area}/revisions/{version}',
        tags,
        summary: 'One version of an area, as today’s schema reads it; 0: the defaults',
        request: {
          params: ofArea.extend({
            version: z
              .string()
              .regex(/^\d{1,9}$/)
              .transform(Number)
              .openapi({ param: { name: 'version', in: 'path' } }),
          }),
        },
        responses: { 200: json(Revision, 'The version') },
      }),
      async (c) => {
        const wanted = c.req.valid('param');
        const found = await one(c.get('me').org, wanted.area, wanted.version);
        return c.json({ area: wanted.area, ...found, document: read(wanted.area, found.document) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/settings/{area}/rollback',
          tags,
          summary: 'Put an earlier version again, as a new one',
          request: { params: ofArea, body: body(z.object({ version, to: version }).openapi('SettingsRollback')) },
          responses: { 200: json(Rolled, 'Document') },
        },
        { refuses: ['version_conflict'] },
      ),
      async (c) => {
        const { org } = c.get('me');
        const { area: name } = c.req.valid('param');
        const { version: at, to } = c.req.valid('json');
        // What an earlier schema kept and today's does not know falls away; what it cannot read is refused with its place.
        const old = schemaOf(name).safeParse((await one(org, name, to)).document);
        const again = old.success ? old.data : take(name, (await one(org, name, to)).document, 'document');
        await save(c, { [name]: { version: at, document: again } }, { action: 'settings.rolled_back', more: { to } });
        return c.json((await lookAt(org, name)) as z.infer<typeof Rolled>, 200);
      },
    );
}

interface Row {
  version: number;
  at: Date;
  member_id: string | null;
  name: string | null;
}
const shown = (row: Row) => ({
  version: row.version,
  at: row.at.toISOString(),
  by: row.member_id ? { id: row.member_id, name: row.name ?? '' } : null,
});

/** Throws `not_found`. Version 0 is there always: what an area is before anybody sets it. */
async function one(org: Org, name: DocumentArea, wanted: number) {
  if (wanted === 0) return { version: 0, at: null, by: null, document: {} };
  const row = await revisionOf(org, name, wanted);
  if (!row) throw new Refusal('not_found');
  return { ...shown(row), document: row.document };
}
