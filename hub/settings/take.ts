import { Refusal } from '../../core/refusal.ts';
import { strays } from '../../core/settings/walk.ts';
import { errorsOf } from '../problem.ts';
import { type DocumentArea, schemaOf } from './areas.ts';

/**
 * A document as its schema reads it. Throws `invalid_input` for what does not fit and for keys that no schema knows: what
 * is misspelt must not vanish without a word. `root` is where the document stands in the request.
 */
export function take(area: DocumentArea, document: unknown, root: string): object {
  const parsed = schemaOf(area).safeParse(document);
  const errors = parsed.success
    ? strays(document, parsed.data).map((path) => ({
        path: path.join('.'),
        message: 'unknown_key',
        code: 'unknown_key',
      }))
    : errorsOf(parsed.error);
  if (errors.length)
    throw new Refusal('invalid_input', undefined, {
      errors: errors.slice(0, 50).map((error) => ({ ...error, path: error.path ? `${root}.${error.path}` : root })),
    });
  return parsed.data as object;
}
