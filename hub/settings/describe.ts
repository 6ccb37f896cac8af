import { z } from '@hono/zod-openapi';
import { SessionTags } from '../../core/settings/index.ts';
import { instant } from '../shapes/common.ts';
import { DOCUMENT_AREAS, type DocumentArea, schemaOf } from './areas.ts';

/** How the API describes documents: the same schemas that check them. */

export const area = z.enum(DOCUMENT_AREAS);
export const version = z.int().min(0);
export const author = z.object({ id: z.uuid(), name: z.string() }).nullable();
const use = z.union([
  z.object({ area, path: z.string(), entry: z.string().nullable() }),
  z.object({ kind: z.enum(['group', 'channel']), id: z.uuid(), name: z.string() }),
  z.object({ kind: z.enum(['words', 'sessions']), count: z.int() }),
]);
export const Finding = z
  .object({
    /** An error is not taken; a warning says what can never have an effect. */
    level: z.enum(['error', 'warning']),
    area,
    path: z.string().openapi({ description: 'Within the document of the area: `rules.3.when`' }),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    /** What still points at what the document no longer has. */
    where: z.array(use).optional(),
  })
  .openapi('Finding');
export const findings = z.array(Finding);

/** `session-tags` → `SessionTags`. */
const pascal = (name: string) => name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A tree describes itself, which the description's writer cannot follow: it is written down once as JSON Schema. */
const TREE = 'SessionTagNode';
const tree = z.toJSONSchema(SessionTags, { io: 'input', target: 'draft-2020-12' }) as {
  $defs: Record<string, object>;
  properties: object;
};
const toComponent = (schema: object) =>
  JSON.parse(JSON.stringify(schema).replaceAll(/#\/\$defs\/\w+/g, `#/components/schemas/${TREE}`)) as object;
export const components: [name: string, schema: object][] = [[TREE, toComponent(Object.values(tree.$defs)[0]!)]];

/** One area's schema as the API's description can carry it. `take` reads every document with the area's own. */
export function described(name: DocumentArea): z.ZodType {
  if (name !== 'session-tags') return schemaOf(name);
  const more = { type: 'object' as const, properties: toComponent(tree.properties) };
  return z.record(z.string(), z.unknown()).openapi(more as never);
}

/** The shapes of one area's requests and answers. */
export function shapes(name: DocumentArea) {
  const document = described(name);
  return {
    put: z.object({ version, document }).openapi(`${pascal(name)}Put`),
    check: z.object({ document }).openapi(`${pascal(name)}Check`),
    shown: z
      .object({ area: z.literal(name), version, document, updatedAt: instant.nullable(), by: author, findings })
      .openapi(`${pascal(name)}Document`),
  };
}

/** Several areas at once; each as its own route describes it. */
export const Puts = z
  .object({ documents: z.partialRecord(area, z.object({ version, document: z.record(z.string(), z.unknown()) })) })
  .openapi('SettingsPut');
export const Check = z
  .object({
    documents: z.partialRecord(area, z.record(z.string(), z.unknown())),
    /** Groups as if they were there already, or had this plan. */
    groups: z
      .array(z.object({ id: z.uuid(), name: z.string().max(100), planId: z.uuid().nullable() }))
      .max(5000)
      .default([]),
  })
  .openapi('SettingsCheck');
