import { z } from '@hono/zod-openapi';
import type { HouseContext } from '../auth.ts';
import { MIB } from '../body.ts';
import type { Hub } from '../hub.ts';
import { DOCUMENT_AREAS, type DocumentArea, type Documents, readAll } from '../settings/areas.ts';
import { check, type Finding } from '../settings/check.ts';
import { area, author, Check, components, findings, Puts, shapes, version } from '../settings/describe.ts';
import { look, lookAt } from '../settings/look.ts';
import { type Puts as Given, save } from '../settings/save.ts';
import { take } from '../settings/take.ts';
import { instant } from '../shapes/common.ts';
import { houseRows } from '../store/house-rows.ts';
import { allSettings } from '../store/settings.ts';
import { body, house, json, route } from './route.ts';

const tags = ['Settings'];
const SettingsList = z
  .object({
    items: z.array(z.object({ area, version, updatedAt: instant.nullable(), by: author, warnings: z.int() })),
  })
  .openapi('SettingsList');
/** A thousand rules with all their conditions. */
const limit = 4 * MIB;

/** One typed, versioned document an area: put with the version you read, or be told that somebody was faster. */
export function settings(_hub: Hub) {
  const app = house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/settings',
        tags,
        summary: 'All areas: version, author, how many warnings',
        responses: { 200: json(SettingsList, 'Areas') },
      }),
      async (c) => {
        const items = (await look(c.get('me').org)).map(({ document: _, findings: found, ...shown }) => ({
          ...shown,
          warnings: found.length,
        }));
        return c.json({ items }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'put',
          path: '/settings',
          tags,
          summary: 'Change several areas at once, all or none',
          request: { body: body(Puts) },
          responses: { 200: json(SettingsList.extend({ findings }), 'Areas') },
        },
        { refuses: ['version_conflict'], limit },
      ),
      async (c) => {
        const { documents } = c.req.valid('json');
        const puts = Object.fromEntries(
          Object.entries(documents).map(([name, put]) => [
            name,
            {
              version: put!.version,
              document: take(name as DocumentArea, put!.document, `documents.${name}.document`),
            },
          ]),
        ) as Given;
        const found = await save(c, puts);
        const items = (await look(c.get('me').org)).map(({ document: _, findings: own, ...shown }) => ({
          ...shown,
          warnings: own.length,
        }));
        return c.json({ items, findings: found }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/settings/check',
          tags,
          summary: 'What would be said to several areas put at once; nothing is changed',
          request: { body: body(Check) },
          responses: { 200: json(z.object({ findings }), 'Findings') },
        },
        { limit },
      ),
      async (c) => {
        const { documents, groups } = c.req.valid('json');
        const taken = Object.entries(documents).map(([name, document]) => [
          name,
          take(name as DocumentArea, document, `documents.${name}`),
        ]);
        return c.json({ findings: await checked(c, Object.fromEntries(taken), groups) }, 200);
      },
    );
  for (const [name, schema] of components) app.openAPIRegistry.registerComponent('schemas', name, schema);
  for (const name of DOCUMENT_AREAS) addArea(app, name);
  return app;
}

/** What an area is about, for the list of routes. */
const ABOUT: Record<DocumentArea, string> = {
  reception: 'how customers are received',
  routing: 'which group a session goes to',
  queues: 'when a queue overflows',
  matching: 'who gets whom',
  hours: 'working hours',
  texts: 'what the house says',
  timers: 'what happens when nobody writes',
  transfers: 'how sessions are handed over',
  ratings: 'ratings',
  desk: 'what agents see and may do',
  'session-tags': 'the tags of sessions',
  'contact-tags': 'the tags of contacts',
  payments: 'who may ask for money',
};

function addArea(app: ReturnType<typeof house>, name: DocumentArea): void {
  const { put, check: toCheck, shown } = shapes(name);
  app.openapi(
    route('admin', {
      method: 'get',
      path: `/settings/${name}`,
      tags,
      summary: `Settings: ${ABOUT[name]}`,
      responses: { 200: json(shown, 'Document') },
    }),
    async (c) => c.json((await lookAt(c.get('me').org, name)) as never, 200),
  );
  app.openapi(
    route(
      'admin',
      {
        method: 'put',
        path: `/settings/${name}`,
        tags,
        summary: `Change: ${ABOUT[name]}`,
        request: { body: body(put) },
        responses: { 200: json(shown, 'Document') },
      },
      { refuses: ['version_conflict'], limit },
    ),
    async (c) => {
      const document = take(name, ((await c.req.json()) as { document: unknown }).document, 'document');
      await save(c, { [name]: { version: c.req.valid('json').version, document } });
      return c.json((await lookAt(c.get('me').org, name)) as never, 200);
    },
  );
  app.openapi(
    route(
      'admin',
      {
        method: 'post',
        path: `/settings/${name}/check`,
        tags,
        summary: `What would be said to a change; nothing is changed: ${ABOUT[name]}`,
        request: { body: body(toCheck) },
        responses: { 200: json(z.object({ findings }), 'Findings') },
      },
      { limit },
    ),
    async (c) => {
      const document = take(name, ((await c.req.json()) as { document: unknown }).document, 'document');
      const found = await checked(c, { [name]: document });
      return c.json({ findings: found.filter((one) => one.area === name || one.level === 'error') }, 200);
    },
  );
}

/** What is to say about the house with these documents in the place of its own, and these groups as if they were there. */
async function checked(
  c: HouseContext,
  documents: Partial<Record<DocumentArea, object>>,
  groups: readonly { id: string; name: string; planId: string | null }[] = [],
): Promise<Finding[]> {
  const { org } = c.get('me');
  const before = readAll(await allSettings(org));
  const rows = await houseRows(org);
  const given = new Set(groups.map((group) => group.id));
  return check(before, { ...before, ...documents } as Documents, {
    ...rows,
    group: new Map([...rows.group, ...groups.map(({ id, name }) => [id, name] as const)]),
    plans: [
      ...rows.plans.filter((row) => !given.has(row.groupId)),
      ...groups.flatMap(({ id, planId }) => (planId ? [{ groupId: id, planId }] : [])),
    ],
  });
}
