import type { z } from 'zod';

/** The items of a list that have the expected shape; the others are decoration that we cannot read. */
export function readable<T>(shape: z.ZodType<T>, items: unknown): T[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item) => {
    const result = shape.safeParse(item);
    return result.success ? [result.data] : [];
  });
}
