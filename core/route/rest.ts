import { holds, missing } from '../when.ts';
import type { Look } from './aim.ts';
import { type Found, named } from './chain.ts';

/** The rows that came too late, or would not have held anyway. Asks nothing of the floor that the decision did not. */
export function rest({ asking, routes, reasons }: Look, { by }: Found): void {
  if (!reasons) return;
  const told = new Set(reasons.filter(({ kind }) => ['rule', 'entry', 'choice'].includes(kind)).map(({ id }) => id));
  const params = { kind: by.kind, by: by.id ?? '' };
  for (const one of routes.rows) {
    if (told.has(one.id) || one.id === by.id) continue;
    const reason = { kind: one.kind, id: one.id, ...named(one), matched: false } as const;
    if (!one.enabled) reasons.push({ ...reason, code: 'disabled' });
    else if (one.kind !== 'rule')
      reasons.push(
        given(one.kind, asking) ? { ...reason, code: 'earlier', params } : { ...reason, code: `${one.kind}-none` },
      );
    else {
      const why = holds(one.when, asking);
      reasons.push(
        why === true
          ? { ...reason, code: 'earlier', params }
          : { ...reason, code: why, params: missing(one.when, why, asking) },
      );
    }
  }
}
const given = (kind: 'entry' | 'choice', { entry, chosenGroupId }: Look['asking']) =>
  Boolean(kind === 'entry' ? entry.group : chosenGroupId);
