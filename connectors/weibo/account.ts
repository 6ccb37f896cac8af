import { z } from 'zod';
import type { CheckPoint, Tools } from '../connector.ts';
import { Misconfigured, Refused } from '../errors.ts';
import { ask } from './ask.ts';
import { appOf, type WeiboConfig } from './config.ts';
import { WARN_MS, WARN_SHARE } from './limits.ts';
import { id } from './schema.ts';
import { findToken } from './token.ts';
import * as words from './words.ts';

const shape = z.object({
  uid: id,
  appkey: z.coerce.string().optional().catch(undefined),
  /** Epoch seconds. */
  create_at: z.coerce.number().positive().optional().catch(undefined),
  /** Seconds that are left. */
  expire_in: z.coerce.number(),
});

/** What Weibo says of the account now, and what follows from it. */
export interface Look {
  points: CheckPoint[];
  uid?: string;
  /** Epoch milliseconds. */
  expiresAt?: number;
  /** From when on its end is told. */
  warnAt?: number;
}

/**
 * Looks at token and account, and sets the format of pushes to JSON (weibo.md sections 1 and 3). A token Weibo does not
 * take is a point; throws Retry when Weibo could not be asked.
 */
export async function look(config: WeiboConfig, tools: Tools): Promise<Look> {
  const token = await findToken(config, tools);
  const through = config.app !== undefined;
  if (!token) {
    return through
      ? { points: [{ code: 'token', ok: false, what: words.disconnected, mend: words.authoriseAgain }] }
      : { points: [{ code: 'token', ok: false, what: words.noToken, mend: words.noTokenMend }] };
  }
  const mend = through ? words.authoriseAgain : words.tokenMend;
  const info = await tokenInfo(token, tools);
  if (typeof info === 'string') return { points: [{ code: 'token', ok: false, what: words.tokenBad(info), mend }] };
  const { uid, expiresAt, warnAt } = info;
  const points: CheckPoint[] = [];
  const now = tools.now();
  if (expiresAt <= now) points.push({ code: 'token', ok: false, what: words.tokenOver, mend });
  else if (warnAt <= now) points.push({ code: 'expires', ok: false, what: words.tokenEnds(expiresAt), mend });
  else points.push({ code: 'token', ok: true, what: words.tokenGood(uid, expiresAt) });
  if (info.appKey && info.appKey !== appOf(config).appKey)
    points.push({ code: 'app', ok: false, what: words.otherApp(info.appKey), mend: words.otherAppMend });
  if (config.uid && config.uid !== uid)
    points.push({
      code: 'account',
      ok: false,
      what: words.otherAccount(uid, config.uid),
      mend: words.otherAccountMend,
    });
  if (expiresAt > now) points.push(await setFormat(token, tools));
  return { points, uid, expiresAt, warnAt };
}

interface Info {
  uid: string;
  appKey?: string;
  expiresAt: number;
  warnAt: number;
}

/** What a token is good for, or Weibo's words for why it is not. */
async function tokenInfo(token: string, tools: Tools): Promise<Info | string> {
  try {
    const { json } = await ask(
      { method: 'POST', host: 'api', path: '/oauth2/get_token_info', form: { access_token: token } },
      tools,
    );
    const info = shape.safeParse(json).data;
    if (!info) return 'the answer cannot be read';
    const now = tools.now();
    const expiresAt = now + info.expire_in * 1000;
    const life = info.create_at ? expiresAt - info.create_at * 1000 : Number.POSITIVE_INFINITY;
    // A day's token is not told about a week before it was made.
    const warnAt = expiresAt - Math.min(WARN_MS, Math.max(0, life) * WARN_SHARE);
    return { uid: info.uid, appKey: info.appkey, expiresAt, warnAt };
  } catch (error) {
    if (error instanceof Misconfigured || error instanceof Refused) return error.message;
    throw error;
  }
}

/** JSON is Weibo's default; an account may have been used with a WeChat program before. */
async function setFormat(token: string, tools: Tools): Promise<CheckPoint> {
  try {
    await ask(
      {
        method: 'POST',
        host: 'api',
        path: '/2/eps/push/set_format.json',
        form: { access_token: token, format: 'json' },
      },
      tools,
    );
    return { code: 'format', ok: true, what: words.formatSet };
  } catch (error) {
    if (!(error instanceof Misconfigured || error instanceof Refused)) throw error;
    return { code: 'format', ok: false, what: words.formatRefused(error.message), mend: words.formatMend };
  }
}
