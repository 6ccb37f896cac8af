import type { Fault } from '../api.ts';
import { type Key, maybe, t } from '../i18n/index.svelte.ts';
import { names } from './names.svelte.ts';
import type { Finding } from './shapes.ts';

/** Ids among the values become names: the hub says which rule or group it means, people know them by name. */
const readable = (params: Record<string, string | number> = {}): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, typeof value === 'string' ? (names.of(value) ?? value) : value]),
  );

/** A finding as a sentence. */
export function found(finding: Finding): string {
  const key = `finding.${finding.code}`;
  return maybe(key) ? t(key as Key, readable(finding.params)) : finding.code;
}
/** Why a field is refused. */
export function wrong(fault: Fault): string {
  for (const key of fault.code ? [`finding.${fault.code}`, `wrong.${fault.code}`] : [])
    if (maybe(key)) return t(key as Key, readable(fault.params));
  return maybe(`wrong.${fault.message}`) ?? fault.message;
}
