import type { CheckPoint, Tools } from '../connector.ts';
import { tokenMend, tokenPoints, tokenUnknown } from '../lib/graph/token.ts';
import { numberOf, numbersOf, register, tokenOf } from './account.ts';
import * as words from './check-words.ts';
import type { WhatsAppConfig } from './config.ts';
import { NEEDED, numberPoints } from './health.ts';
import { callback, subscription } from './subscription.ts';

/**
 * Sets the account up as far as the API allows and says what is left for a person (whatsapp.md B2): number, token,
 * account, registration, subscription, callback. Never throws for what Meta answers; each answer is a point.
 */
export async function check(config: WhatsAppConfig, tools: Tools, callbackUrl: string): Promise<CheckPoint[]> {
  const [number, token] = await Promise.all([numberOf(config, tools), tokenOf(config, tools)]);
  if (!number.value?.display_phone_number)
    return [{ code: 'number', ok: false, what: words.numberBad(number.words), mend: words.numberMend }];
  const points = numberPoints(number.value);
  if (config.pin && points.some(({ code, ok }) => code === 'registered' && !ok)) {
    const made = await register(config, config.pin, tools);
    const point: CheckPoint = made.error
      ? { code: 'registered', ok: false, what: words.registerFailed(made.words), mend: words.registerMend }
      : { code: 'registered', ok: true, what: words.registered };
    points.splice(
      points.findIndex(({ code }) => code === 'registered'),
      1,
      point,
    );
  }
  if (token.value) points.push(...tokenPoints(token.value, NEEDED, tools.now()));
  else points.push({ code: 'token', ok: false, what: tokenUnknown(token.words), mend: tokenMend });
  const numbers = await numbersOf(config, tools);
  if (!numbers.value)
    return [...points, { code: 'account', ok: false, what: words.accountBad(numbers.words), mend: words.accountMend }];
  if (!numbers.value.some(({ id }) => id === config.phoneNumberId))
    points.push({ code: 'account', ok: false, what: words.accountOther, mend: words.accountMend });
  const { point, ours } = await subscription(config, tools, token.value?.app_id);
  points.push(point);
  if (point.ok) points.push(await callback(config, tools, ours, callbackUrl));
  return points;
}
