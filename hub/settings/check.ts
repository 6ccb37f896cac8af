import { findings } from '../../core/settings/findings.ts';
import type { Reference } from '../../core/settings/pieces.ts';
import { references } from '../../core/settings/walk.ts';
import { DOCUMENT_AREAS, type DocumentArea, type Documents, deciding, schemaOf } from './areas.ts';
import { DECLARED, entryAt, known, type Rows, type Use } from './house.ts';

/** What is wrong with a document (`error`: it is not taken) or can never have an effect (`warning`). `path` is within the area's document. */
export interface Finding {
  level: 'error' | 'warning';
  area: DocumentArea;
  path: string;
  code: string;
  params?: Record<string, string | number>;
  /** For `in_use`: what still points at what the document no longer has. */
  where?: Use[];
}

/**
 * Everything to say about a house whose documents became `after`. An error is what the change brings: something it names
 * that is not there (`unknown`), something it takes away though others name it (`in_use`), or a rule of core that it
 * breaks. What was wrong before and is not touched stays a warning, so that nobody is kept from mending one thing by another.
 */
export function check(before: Documents, after: Documents, rows: Rows): Finding[] {
  const changed = new Set(DOCUMENT_AREAS.filter((area) => !same(before[area], after[area])));
  const connectorOf = (id: string) => rows.connectors.get(id) ?? null;
  const old = new Set(changed.size ? findings(deciding(before), { connectorOf }).filter(isError).map(keyOf) : []);
  const own: Finding[] = findings(deciding(after), { connectorOf }).map((finding) =>
    isError(finding) && !changed.has(finding.area) && old.has(keyOf(finding))
      ? { ...finding, level: 'warning' as const }
      : finding,
  );
  return [...pointers(before, after, changed, rows), ...own];
}

function pointers(before: Documents, after: Documents, changed: ReadonlySet<DocumentArea>, rows: Rows): Finding[] {
  const [was, is] = [known(before, rows), known(after, rows)];
  const found: Finding[] = [];
  const gone = new Map<string, { ref: Reference; id: string; where: Use[] }>();
  const lose = (ref: Reference, id: string, use: Use) => {
    const one = gone.get(`${ref} ${id}`) ?? { ref, id, where: [] };
    gone.set(`${ref} ${id}`, one);
    one.where.push(use);
  };
  for (const area of DOCUMENT_AREAS) {
    const stale = new Set(
      references(schemaOf(area), before[area])
        .filter((one) => !was[one.ref].has(one.id))
        .map((one) => one.id),
    );
    for (const { ref, id, path } of references(schemaOf(area), after[area])) {
      if (is[ref].has(id)) continue;
      const place = { area, path: path.join('.') };
      if (!changed.has(area) && was[ref].has(id)) lose(ref, id, { ...place, entry: entryAt(after[area], path) });
      else {
        const level = stale.has(id) || !changed.has(area) ? 'warning' : 'error';
        found.push({ level, ...place, code: 'unknown', params: { kind: ref, id } });
      }
    }
  }
  for (const { groupId, planId } of rows.plans)
    if (was.plan.has(planId) && !is.plan.has(planId))
      lose('plan', planId, { kind: 'group', id: groupId, name: rows.group.get(groupId) ?? '' });
  for (const { ref, id, where } of gone.values()) {
    const name = was[ref].get(id) ?? '';
    const params = { kind: ref, id, name, count: where.length };
    found.push({ level: 'error', area: DECLARED[ref]!, path: '', code: 'in_use', params, where });
  }
  return found;
}

export const isError = (finding: { level: string }): boolean => finding.level === 'error';
const keyOf = (finding: Pick<Finding, 'area' | 'path' | 'code'>) => `${finding.area} ${finding.path} ${finding.code}`;
/** Both came out of the same schema, so their keys stand in one order. */
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
