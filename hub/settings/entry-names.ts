import { walk } from '../../core/settings/walk.ts';
import type { Org } from '../store/org.ts';
import { allSettings } from '../store/settings.ts';
import { DOCUMENT_AREAS, readAll, schemaOf } from './areas.ts';

/** Names of the plans, tags, rules and other entries that the documents have now: `{ id: name }`. */
export async function entryNames(org: Org): Promise<Map<string, string>> {
  const documents = readAll(await allSettings(org));
  const names = new Map<string, string>();
  for (const area of DOCUMENT_AREAS)
    walk(schemaOf(area), documents[area], ({ value }) => {
      const { id, name } = (value ?? {}) as { id?: unknown; name?: unknown };
      if (typeof id === 'string' && typeof name === 'string' && name) names.set(id, name);
    });
  return names;
}
