import type { Field } from './shapes.ts';

/** What a form begins with: the values the hub shows. Of a secret it only says that it is set (`true`). */
export function shown(config: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

/**
 * What the form asks the hub to keep. Nothing written in a field: a secret stays, another value goes (`null`); of what
 * is not `known` to the hub yet, neither is told.
 */
export function given(
  fields: readonly Field[],
  values: Record<string, string | undefined>,
  known: boolean,
): Record<string, string | null> {
  return Object.fromEntries(
    fields
      .map((field) => ({ ...field, value: values[field.key]?.trim() || field.choices?.[0]?.value || null }))
      .filter(({ value, secret }) => value !== null || (known && !secret))
      .map(({ key, value }) => [key, value]),
  );
}
