import { z } from 'zod';
import { called, equal } from '../../core/settings/changes.ts';
import { CHOICE_ROW, ENTRY_ROW } from '../../core/settings/routing.ts';
import { bare } from '../../core/settings/walk.ts';
import { newId } from '../id.ts';
import { lean } from './lean.ts';

type Entry = Record<string, unknown>;
const isRecord = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Rows that are always there have ids of their own. */
const ROWS: Record<string, string> = { entry: ENTRY_ROW, choice: CHOICE_ROW };

/**
 * A document in which every entry of a list has an id: the one written down, else that of the entry of the same name in
 * `now` (what the hub has, in the file's words), else, where it has no name, of one that says the same, else a new one.
 */
export function identified(schema: z.ZodType, value: unknown, now: unknown): unknown {
  const at = bare(schema, value);
  if (at instanceof z.ZodArray && Array.isArray(value)) {
    const element = at.element as z.ZodType;
    if (!isEntry(element, value)) return value.map((part) => identified(element, part, undefined));
    return entries(element, value, Array.isArray(now) ? now.filter(isRecord) : []);
  }
  if (!(at instanceof z.ZodObject) || !isRecord(value)) return value;
  const shape = at.shape as Record<string, z.ZodType>;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      Object.hasOwn(shape, key) ? identified(shape[key]!, part, isRecord(now) ? now[key] : undefined) : part,
    ]),
  );
}

const isEntry = (element: z.ZodType, values: readonly unknown[]): boolean => {
  const at = bare(element, values.find(isRecord) ?? {});
  return at instanceof z.ZodObject && Object.hasOwn(at.shape, 'id');
};

function entries(element: z.ZodType, values: readonly unknown[], now: readonly Entry[]): unknown[] {
  const free = new Set(now);
  const taken = new Map<number, Entry>();
  const claim = (is: (one: Entry, value: Entry) => boolean) => {
    for (const [index, value] of values.entries()) {
      if (!isRecord(value) || taken.has(index)) continue;
      const found = [...free].find((one) => is(one, value));
      if (!found) continue;
      free.delete(found);
      taken.set(index, found);
    }
  };
  claim((one, value) => value.id !== undefined && one.id === value.id);
  claim((one, value) => value.id === undefined && label(value) !== null && label(one) === label(value));
  claim((one, value) => value.id === undefined && label(value) === null && alike(element, one, value));
  return values.map((value, index) => {
    if (!isRecord(value)) return value;
    const was = taken.get(index);
    const id = value.id ?? was?.id ?? ROWS[String(value.kind)] ?? newId();
    return identified(element, { id, ...value }, was);
  });
}

const label = (entry: Entry): string | null => {
  const name = called(entry, 0);
  return name === '#1' ? null : name;
};
const alike = (element: z.ZodType, one: Entry, other: Entry): boolean =>
  equal({ ...(lean(element, one) as Entry), id: 0 }, { ...(lean(element, other) as Entry), id: 0 });
