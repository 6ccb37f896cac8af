import type { z } from 'zod';
import { BadRequest } from '../errors.ts';

/** Reads a value by its shape; what does not fit is a BadRequest that names fields, never values. */
export function parse<T>(shape: z.ZodType<T>, value: unknown, code: string, where = ''): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 5).map((issue) => `${where}${issue.path.join('.')}` || 'body');
  throw new BadRequest(code, `Not what Douyin sends: ${fields.join(', ')}.`);
}
