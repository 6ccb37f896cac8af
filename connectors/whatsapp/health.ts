import type { CheckPoint } from '../connector.ts';
import type { Numbered, TokenFacts } from './account.ts';
import * as words from './check-words.ts';

const DAY_MS = 24 * 3600 * 1000;
/** The admin is told this long before a token ends. */
export const WARN_MS = 7 * DAY_MS;

const NEEDED = ['whatsapp_business_messaging', 'whatsapp_business_management'];

/** When the token ends, in epoch milliseconds; null: never, undefined: not told. */
export function endOf({ expires_at }: TokenFacts): number | null | undefined {
  return expires_at === undefined ? undefined : expires_at === 0 ? null : expires_at * 1000;
}

/** What is to be said of a token: whether it is good, how long, and which permissions it lacks. */
export function tokenPoints(token: TokenFacts, now: number): CheckPoint[] {
  const end = endOf(token);
  if (!token.is_valid) return [{ code: 'token', ok: false, what: words.tokenInvalid, mend: words.tokenMend }];
  const points: CheckPoint[] = [
    end && end - now < WARN_MS
      ? { code: 'token', ok: false, what: words.tokenEnds(end), mend: words.tokenMend }
      : { code: 'token', ok: true, what: end ? words.tokenEnds(end) : words.tokenForever },
  ];
  const missing = token.scopes ? NEEDED.filter((scope) => !token.scopes?.includes(scope)) : [];
  if (missing.length > 0)
    points.push({ code: 'permission', ok: false, what: words.permissionMissing(missing), mend: words.permissionMend });
  return points;
}

/** What is to be said of a number: registered, verified, its name, its quality. */
export function numberPoints(number: Numbered): CheckPoint[] {
  const { platform_type, code_verification_status, name_status, quality_rating, display_phone_number, verified_name } =
    number;
  const points: CheckPoint[] = [
    {
      code: 'number',
      ok: true,
      what: words.numberGood(verified_name ?? '', display_phone_number ?? ''),
      url: display_phone_number && `https://wa.me/${display_phone_number.replace(/\D/g, '')}`,
    },
  ];
  if (platform_type && platform_type !== 'CLOUD_API')
    points.push({ code: 'registered', ok: false, what: words.notRegistered, mend: words.registerMend });
  // Once registered the code has done its work; its status then often reads EXPIRED.
  if (code_verification_status === 'NOT_VERIFIED')
    points.push({ code: 'verified', ok: false, what: words.notVerified, mend: words.verifyMend });
  if (name_status === 'DECLINED' || name_status === 'EXPIRED')
    points.push({ code: 'name', ok: false, what: words.nameBad(name_status), mend: words.nameMend });
  if (quality_rating === 'RED')
    points.push({ code: 'quality', ok: false, what: words.quality(quality_rating), mend: words.qualityMend });
  else if (quality_rating && quality_rating !== 'UNKNOWN')
    points.push({ code: 'quality', ok: true, what: words.quality(quality_rating) });
  return points;
}
