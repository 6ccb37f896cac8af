import { z } from 'zod';
import { equal } from '../../core/settings/changes.ts';
import { bare } from '../../core/settings/walk.ts';

/** A value without what its schema would put there anyway. Keys the schema does not know stay. */
export function lean(schema: z.ZodType, value: unknown): unknown {
  const at = bare(schema, value);
  if (at instanceof z.ZodArray && Array.isArray(value)) return value.map((part) => lean(at.element as z.ZodType, part));
  if (!(at instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  const shape = at.shape as Record<string, z.ZodType>;
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const own = Object.hasOwn(shape, key) ? shape[key] : undefined;
    const standard = own?.safeParse(undefined);
    if (standard?.success && equal(standard.data, part)) continue;
    kept[key] = own ? lean(own, part) : part;
  }
  return kept;
}
