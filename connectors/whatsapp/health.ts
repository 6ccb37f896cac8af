import type { CheckPoint } from '../connector.ts';
import type { Numbered } from './account.ts';
import * as words from './check-words.ts';

/** Permissions without which nothing works (whatsapp.md B2). */
export const NEEDED = ['whatsapp_business_messaging', 'whatsapp_business_management'];

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
