import { Refusal } from '../refusal.ts';
import type { Desk } from '../settings/index.ts';
import { type By, leads } from './member.ts';

/** What an organisation lets its agents do, or not (A-14, TR-07); whoever leads always may. */
export type Right = 'mayPin' | 'mayTransfer' | 'mayBlock';

export const hasRight = <R extends Right>(by: Pick<By, 'role'>, right: R, desk: Pick<Desk, R>): boolean =>
  leads(by) || desk[right];

/** Throws `not_allowed`. */
export function mustHave<R extends Right>(by: Pick<By, 'role'>, right: R, desk: Pick<Desk, R>): void {
  if (!hasRight(by, right, desk)) throw new Refusal('not_allowed');
}
