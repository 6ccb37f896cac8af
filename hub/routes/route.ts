import type { HttpBindings } from '@hono/node-server';
import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { REFUSALS, type RefusalCode } from '../../core/refusal.ts';
import { atLeast, type Me, signedIn } from '../auth.ts';
import { jsonBody, MIB } from '../body.ts';
import type { Hub } from '../hub.ts';
import { Problem } from '../shapes/common.ts';
import type { ROLES } from '../shapes/house.ts';

export interface HouseEnv {
  Variables: { hub: Hub; requestId: string; me: Me };
  Bindings: Partial<HttpBindings>;
}
export type Role = (typeof ROLES)[number];
/** Who may come in: a member of at least this role, everybody, or whoever proves it in the route's own way. */
export type Access = Role | 'everybody' | 'own';

/** An empty table of routes for one area; wrong input is answered by the app that it is mounted in. */
export const house = () => new OpenAPIHono<HouseEnv>();

export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});
export const done = { description: 'Done' } as const;
export const byId = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) });

type Wanted<P extends string> = Omit<RouteConfig, 'path' | 'middleware'> & { path: P };
interface More {
  /** The refusals that are particular to this route; they go into the API's description. */
  refuses?: RefusalCode[];
  /** Bytes of JSON taken; 1 MiB unless told. */
  limit?: number;
}

/**
 * One route: who may call it, what goes in and out, and in which ways it says no. The order at the door is: signed in,
 * role, size and form of the body, schema. `x-access` in the API's description is what the authorisation test walks.
 */
export function route<const P extends string, const R extends Wanted<P>>(
  access: Access,
  config: R,
  { refuses = [], limit = MIB }: More = {},
): R {
  const guards: MiddlewareHandler[] = access === 'everybody' || access === 'own' ? [] : [signedIn, atLeast(access)];
  const takesJson = 'application/json' in (config.request?.body?.content ?? {});
  if (takesJson) guards.push(jsonBody(limit));
  return createRoute({
    ...config,
    'x-access': access,
    ...(guards.length > 1 && access !== 'everybody' && { security: [{ cookie: [] }] }),
    middleware: guards,
    // Described, but not part of the handler's type: refusals are thrown, and a client's type of an answer stays the answer.
    responses: { ...problems(access, config, refuses, takesJson), ...config.responses },
  }) as unknown as R;
}

function problems(access: Access, config: Pick<RouteConfig, 'request'>, refuses: RefusalCode[], takesJson: boolean) {
  const codes: [number, string][] = refuses.map((code) => [REFUSALS[code], code]);
  if (config.request) codes.push([400, 'invalid_input']);
  if (takesJson) codes.push([400, 'bad_json'], [413, 'body_too_large'], [415, 'media_type_refused']);
  if (config.request?.params) codes.push([404, 'not_found']);
  if (access !== 'everybody' && access !== 'own') codes.push([401, 'not_signed_in'], [403, 'not_allowed']);
  const byStatus = Map.groupBy(new Map(codes.map((pair) => [pair.join(), pair])).values(), ([status]) =>
    String(status),
  );
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map(([, code]) => `\`${code}\``).join(', '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  );
}

/** For lists that are read a page at a time: `cursor` is `next` of the page before. */
export const cursor = z.object({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One more row than asked for tells whether there is a next page. */
export function paged<Row extends { id: string }, T>(
  rows: readonly Row[],
  limit: number,
  show: (row: Row) => T,
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  return { items: shown.map(show), next: rows.length > limit ? shown.at(-1)!.id : null };
}
