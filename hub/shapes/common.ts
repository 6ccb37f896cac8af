import { z } from '@hono/zod-openapi';

/** UUIDv7, made by whoever creates the thing. */
export const id = z.uuid();
/** ISO 8601, UTC. */
export const instant = z.iso.datetime();

/** RFC 9457. `code` is stable and meant for programs; `detail` is for people, in the language they asked for. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    /** Where the input is wrong: path and reason; `code` is the stable part of the reason. */
    errors: z.array(z.object({ path: z.string(), message: z.string(), code: z.string().optional() })).optional(),
  })
  .openapi('Problem');

export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
