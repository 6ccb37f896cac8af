import type { CheckPoint } from '../connector.ts';
import type { Grant } from './grant.ts';
import { DAY, RENEWAL_WINS, RENEWALS, WARN_BEFORE } from './limits.ts';
import { EXTRAS, lacks, MESSAGES } from './scopes.ts';
import * as words from './words.ts';

/** Permissions that are missing; without those beyond the messages the account works, only less. */
export function scopePoints(granted: string | undefined): CheckPoint[] {
  const points: CheckPoint[] = [];
  if (lacks(granted, MESSAGES))
    points.push({ code: 'scope_missing', ok: false, what: words.messagesMissing, mend: words.messagesMend });
  for (const scope of EXTRAS) {
    if (lacks(granted, scope))
      points.push({
        code: `scope_${scope.replaceAll('.', '_')}`,
        ok: true,
        what: words.extraMissing(scope),
        mend: words.extraMend,
      });
  }
  return points;
}

export const renewalsLeft = ({ renewals }: Grant, granted: string | undefined): number =>
  lacks(granted, 'renew_refresh_token') ? 0 : Math.max(0, RENEWALS - renewals);

/** When the account stops working whatever we do, in epoch milliseconds: every renewal wins 25 days at least. */
export const endOf = (grant: Grant, left: number): number => grant.until + left * RENEWAL_WINS * 1000;

/** How long the authorisation lasts; a warning when its end is near. */
export function lifePoint(grant: Grant, granted: string | undefined, now: number): CheckPoint {
  const left = renewalsLeft(grant, granted);
  const until = endOf(grant, left);
  if (until <= now) return { code: 'authorisation_ended', ok: false, what: words.ended, mend: words.scanAgain };
  const rest = until - now;
  if (rest > WARN_BEFORE * 1000) return { code: 'authorisation', ok: true, what: words.lasts(until, left) };
  const days = Math.max(1, Math.floor(rest / (DAY * 1000)));
  return { code: 'expiring', ok: false, what: words.ending(days, left), mend: words.scanAgain };
}
