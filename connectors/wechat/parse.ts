import type { z } from 'zod';
import { BadRequest } from '../errors.ts';

/** Reads a value by its shape. A BadRequest names the field, never its value: a problem document is no place for a customer's words. */
export function parse<T>(shape: z.ZodType<T>, value: unknown, code: string): T {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const fields = read.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || 'body');
  throw new BadRequest(code, `Not what WeChat sends: ${fields.join(', ')}.`);
}
