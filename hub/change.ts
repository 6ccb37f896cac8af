import type { HouseContext } from './auth.ts';
import type { Area } from './live.ts';
import { audit } from './store/audit.ts';
import type { Org } from './store/org.ts';

/** What of `before` differs in `after`: the two halves of an audit row. Keys that are not in `after` did not change. */
export function difference<T extends object>(
  before: T,
  after: Partial<T>,
): { before: Partial<T>; after: Partial<T> } | null {
  const keys = (Object.keys(after) as (keyof T)[]).filter(
    (key) => after[key] !== undefined && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (!keys.length) return null;
  const of = (row: Partial<T>) => Object.fromEntries(keys.map((key) => [key, row[key]])) as Partial<T>;
  return { before: of(before), after: of(after) };
}

/**
 * A change of settings: done in one transaction with its audit row, and told to every screen after the commit. `work`
 * gives what the row says; secrets never go in there.
 */
export async function change<R extends { action: string; subject: string | null; before?: unknown; after?: unknown }>(
  c: HouseContext,
  area: Area,
  work: (org: Org) => Promise<R>,
): Promise<R> {
  const { org, member } = c.get('me');
  const done = await org.transaction(async (tx) => {
    const result = await work(tx);
    await audit(tx, member.id, result.action, result.subject, result.before, result.after);
    return result;
  });
  c.get('hub').live.publish(org.id, [{ kind: 'changed', area }]);
  return done;
}
