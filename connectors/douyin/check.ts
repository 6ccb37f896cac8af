import { z } from 'zod';
import type { AppTools } from '../app.ts';
import type { CheckPoint, Tools } from '../connector.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import type { DouyinApp } from './app-config.ts';
import type { DouyinConfig } from './config.ts';
import { isDeadToken, trouble } from './errors.ts';
import { grantOf } from './grant.ts';
import { ask, clientToken, personOf, userinfo } from './oauth.ts';
import { lifePoint, scopePoints } from './points.ts';
import { access, discard } from './tokens.ts';
import * as words from './words.ts';

/** Tries the account: its token, how long it lasts, what was granted. Never throws for what Douyin answers. */
export async function check(config: DouyinConfig, tools: Tools): Promise<CheckPoint[]> {
  const points: CheckPoint[] = [];
  try {
    let answer = await userinfo(config.openId, await access(config, tools), tools);
    if (isDeadToken(answer)) {
      await discard(await access(config, tools), tools);
      answer = await userinfo(config.openId, await access(config, tools), tools);
    }
    if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
    points.push({ code: 'token', ok: true, what: words.authorised(personOf(answer).name ?? config.openId) });
    points.push(lifePoint(await grantOf(tools), config.scopes, tools.now()));
  } catch (error) {
    points.push({ code: 'token', ok: false, what: words.notAuthorised(wordsOf(error)), mend: words.scanAgain });
  }
  return [...points, ...scopePoints(config.scopes)];
}

/** Events without which we are deaf; the others are welcome. */
const NEEDED = ['im_receive_msg', 'im_send_msg', 'im_enter_direct_msg', 'unauthorize'];
const subscriptions = z.looseObject({
  data: z.looseObject({ list: z.array(z.looseObject({ event: z.string(), status: z.unknown() })) }),
});

/** Tries the app: its keys, and whether the events are subscribed. */
export async function checkApp(config: DouyinApp, tools: AppTools, callbackUrl: string): Promise<CheckPoint[]> {
  let token: string;
  try {
    token = await clientToken(config, tools);
  } catch (error) {
    return [{ code: 'credentials', ok: false, what: words.keysBad(wordsOf(error)), mend: words.keysMend }];
  }
  const keys: CheckPoint = { code: 'credentials', ok: true, what: words.keysGood };
  try {
    const answer = await ask({ method: 'GET', path: '/event/status/list/', token }, tools);
    if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
    const result = subscriptions.safeParse(answer.json);
    if (!result.success) throw new Retry('no list');
    const on = result.data.data.list.filter(({ status }) => String(status) === '1').map(({ event }) => event);
    const missing = NEEDED.filter((event) => !on.includes(event));
    if (missing.length === 0) return [keys, { code: 'events', ok: true, what: words.eventsGood }];
    const mend = words.eventsMend(callbackUrl);
    return [keys, { code: 'events', ok: false, what: words.eventsMissing(missing), mend }];
  } catch (error) {
    // Not every app may read this list; that is no fault of its own.
    return [keys, { code: 'events', ok: true, what: words.eventsUnknown(wordsOf(error)) }];
  }
}

/** What Douyin said; anything but its own answers is a bug of ours. */
function wordsOf(error: unknown): string {
  if (error instanceof Misconfigured || error instanceof Refused || error instanceof Retry) return error.message;
  throw error;
}
