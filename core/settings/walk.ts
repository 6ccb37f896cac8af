import { z } from 'zod';
import type { Reference } from './pieces.ts';

export type Path = readonly (string | number)[];

/** What stands at one place of a document: its schema without wrappers, and the reference it is, if it is one. */
export interface Place {
  path: Path;
  value: unknown;
  schema: z.ZodType;
  ref: Reference | undefined;
}

/** Unwrapping asks each schema many questions, and a document has thousands of places: each is asked once. */
const unwrapped = new WeakMap<z.ZodType, { schema: z.ZodType; ref: Reference | undefined }>();
function facts(schema: z.ZodType): { schema: z.ZodType; ref: Reference | undefined } {
  const known = unwrapped.get(schema);
  if (known) return known;
  let at = schema;
  while (
    at instanceof z.ZodOptional ||
    at instanceof z.ZodNullable ||
    at instanceof z.ZodDefault ||
    at instanceof z.ZodPrefault ||
    at instanceof z.ZodLazy
  )
    at = at.unwrap() as z.ZodType;
  const found = { schema: at, ref: at.meta()?.ref as Reference | undefined };
  unwrapped.set(schema, found);
  return found;
}

/** A schema without `nullable`, `default` and the like; of a union the option this value belongs to. */
export function bare(schema: z.ZodType, value: unknown): z.ZodType {
  const at = facts(schema).schema;
  if (at.def.type !== 'union') return at;
  if (at instanceof z.ZodDiscriminatedUnion) return bare(chosen(at, value), value);
  const options = (at as z.ZodUnion).options as z.ZodType[];
  return bare(options.find((option) => option.safeParse(value).success) ?? options[0]!, value);
}

/** By its discriminator alone, so that a value with other faults still finds its option. */
function chosen(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodType {
  const { discriminator } = union.def;
  const options = union.options as z.ZodObject[];
  const told = (value as Record<string, unknown> | null)?.[discriminator];
  return (
    options.find((option) => (option.shape[discriminator] as z.ZodLiteral).values.has(told as string)) ?? options[0]!
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Visits every place of a document, outermost first. A value that does not fit its schema is visited, what is in it is not. */
export function walk(schema: z.ZodType, value: unknown, visit: (place: Place) => void, path: Path = []): void {
  const at = bare(schema, value);
  visit({ path, value, schema: at, ref: facts(at).ref });
  if (at.def.type === 'object' && isRecord(value)) {
    for (const [key, part] of Object.entries((at as z.ZodObject).shape))
      if (value[key] !== undefined) walk(part as z.ZodType, value[key], visit, [...path, key]);
  } else if (at.def.type === 'array' && Array.isArray(value)) {
    const element = (at as z.ZodArray).element as z.ZodType;
    for (const [index, part] of value.entries()) walk(element, part, visit, [...path, index]);
  }
}

/**
 * A copy with every reference replaced by what `to` gives for it. Keys the schema does not know stay as they are: whoever
 * checks the document afterwards says so.
 */
export function mapped(
  schema: z.ZodType,
  value: unknown,
  to: (ref: Reference, value: unknown, path: Path) => unknown,
  path: Path = [],
): unknown {
  const at = bare(schema, value);
  const { ref } = facts(at);
  if (ref && value !== null) return to(ref, value, path);
  if (at instanceof z.ZodObject && isRecord(value)) {
    const shape = at.shape as Record<string, z.ZodType>;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        Object.hasOwn(shape, key) ? mapped(shape[key]!, part, to, [...path, key]) : part,
      ]),
    );
  }
  if (at instanceof z.ZodArray && Array.isArray(value))
    return value.map((part, index) => mapped(at.element as z.ZodType, part, to, [...path, index]));
  return value;
}

/** Where something points: `{ ref: 'group', id, path: ['rules', 3, 'on', 'groupId'] }`. */
export function references(schema: z.ZodType, value: unknown): { ref: Reference; id: string; path: Path }[] {
  const found: { ref: Reference; id: string; path: Path }[] = [];
  walk(schema, value, (place) => {
    if (place.ref && typeof place.value === 'string') found.push({ ref: place.ref, id: place.value, path: place.path });
  });
  return found;
}

/** Keys of `given` that its schema dropped while it made `parsed`: misspelt, or of another version. */
export function strays(given: unknown, parsed: unknown, path: Path = [], found: Path[] = []): Path[] {
  if (Array.isArray(given) && Array.isArray(parsed))
    for (const [index, part] of given.entries()) strays(part, parsed[index], [...path, index], found);
  else if (isRecord(given) && isRecord(parsed))
    for (const [key, part] of Object.entries(given)) {
      if (part !== undefined && !Object.hasOwn(parsed, key)) found.push([...path, key]);
      else if (typeof part === 'object' && part !== null) strays(part, parsed[key], [...path, key], found);
    }
  return found;
}
