import { z } from 'zod';
import { BadRequest } from '../errors.ts';

/** Reads a value by its shape; what does not fit is a BadRequest of that code. `where` stands before the field's name. */
export function parse<T>(shape: z.ZodType<T>, value: unknown, code: string, where = ''): T {
  return guarded(() => shape.parse(value), code, where);
}

/** Names the field, never its value: a problem document is no place for a customer's words. */
export function guarded<T>(read: () => T, code: string, where = ''): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.slice(0, 5).map((issue) => `${where}${issue.path.join('.')}` || 'body');
    throw new BadRequest(code, `Not what LINE sends: ${fields.join(', ')}.`);
  }
}
