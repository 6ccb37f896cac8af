import type { CheckPoint, Tools, Upkeep } from '../connector.ts';
import { Misconfigured } from '../errors.ts';
import { endOf, tokenPoints, WARN_MS } from '../lib/graph/token.ts';
import { numberOf, tokenOf } from './account.ts';
import * as words from './check-words.ts';
import type { WhatsAppConfig } from './config.ts';
import { NEEDED, numberPoints } from './health.ts';
import { subscription } from './subscription.ts';

const HOUR_MS = 3600 * 1000;
/** Quality and name change by the day. */
const USUAL_MS = 6 * HOUR_MS;
/** After a look that brought nothing. */
const SOON_MS = HOUR_MS / 4;

/**
 * Looks at what Meta may have changed (quality, name, verification, the token's life, the subscription, which is mended).
 * Only what is not right is told. When Meta cannot be asked just now, nothing is, and the next look comes soon.
 */
export async function upkeep(config: WhatsAppConfig, tools: Tools): Promise<Upkeep> {
  const now = tools.now();
  const [number, token] = await Promise.all([numberOf(config, tools), tokenOf(config, tools)]);
  const bad = (points: CheckPoint[]) => points.filter(({ ok }) => !ok);
  if (!number.value?.display_phone_number) {
    const point: CheckPoint = {
      code: 'number',
      ok: false,
      what: words.numberBad(number.words),
      mend: words.numberMend,
    };
    return number.error instanceof Misconfigured ? { next: now + USUAL_MS, points: [point] } : { next: now + SOON_MS };
  }
  const { display_phone_number, verified_name, quality_rating } = number.value;
  const end = token.value && endOf(token.value);
  const points = [
    ...bad(numberPoints(number.value)),
    ...(token.value ? bad(tokenPoints(token.value, NEEDED, now)) : []),
  ];
  const { point } = await subscription(config, tools, token.value?.app_id);
  if (!point.ok) points.push(point);
  return {
    next: now + (end && end > now && end - now < WARN_MS ? HOUR_MS : USUAL_MS),
    ...(end !== undefined && { expiresAt: end }),
    points,
    config: {
      number: display_phone_number,
      ...(verified_name && { verifiedName: verified_name }),
      ...(quality_rating && { quality: quality_rating }),
    },
  };
}
