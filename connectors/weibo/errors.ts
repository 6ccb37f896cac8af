import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { retryAfter } from '../lib/http.ts';
import { type Answer, failure, type NoAnswer } from './api.ts';

/** What is asked decides what a lost answer means: a message has no retry key at Weibo, everything else may be repeated. */
export type Asked = 'send' | 'other';

const HOUR_MS = 3_600_000;

/**
 * An answer that is not a success, as what to do next: Weibo's own code first, then the status (weibo.md section 9; codes
 * from 21301 on are those of Weibo's general error page). Codes nobody has published, among them “window closed” and
 * “does not follow”, are refusals in Weibo's words.
 */
export function trouble(answer: Pick<Answer, 'status' | 'headers' | 'json'>, asked: Asked, now: number): Error {
  const known = failure(answer.json);
  const words = `Weibo ${known?.code ?? answer.status}: ${known?.words ?? 'no reason given'}`;
  return known ? byCode(known.code, words, asked, now) : byStatus(answer, words, asked, now);
}

function byCode(code: number, words: string, asked: Asked, now: number): Error {
  switch (code) {
    case 10001: // system error
    case 10002: // service unavailable
    case 10003: // remote service error
    case 10009: // too many pending tasks
    case 21331: // temporarily unavailable
      return new Retry(words);
    case 10010: // job expired: Weibo itself does not know what became of it
      return asked === 'send' ? new Uncertain(words) : new Retry(words);
    case 10004:
      return new Misconfigured('ip_not_allowed', words);
    case 10005:
    case 10014:
      return new Misconfigured('not_permitted', words);
    case 10006:
    case 21324: // invalid client
    case 21326: // unauthorised client
      return new Misconfigured('bad_app', words);
    case 21322:
      return new Misconfigured('redirect_mismatch', words);
    case 21301:
    case 21314:
    case 21316:
    case 21317:
    case 21332:
      return new Misconfigured('bad_token', words);
    case 21315:
    case 21327:
      return new Misconfigured('token_expired', words);
    case 21321:
      return new Misconfigured('app_unreviewed', words);
    case 21325:
      return new Refused('code_used', words);
    case 21330:
      return new Refused('access_denied', words);
    case 10022:
    case 10023:
    case 10024:
      // Weibo counts by the hour, and its hours are everybody's.
      return new Retry(words, HOUR_MS - (now % HOUR_MS));
    case 10008:
    case 10012:
    case 10013:
    case 10016:
    case 10017:
      return new Refused('rejected', words);
    default:
      return new Refused(`weibo_${code}`, words);
  }
}

function byStatus({ status, headers }: Pick<Answer, 'status' | 'headers'>, words: string, asked: Asked, now: number) {
  if (status === 401) return new Misconfigured('bad_token', words);
  if (status === 403) return new Misconfigured('not_permitted', words);
  if (status === 404) return new Refused('not_found', words);
  if (status === 429) return new Retry(words, retryAfter(headers, now));
  // A proxy's failure in front of Weibo says nothing of the message behind it; nor does a success nobody can read.
  if (status >= 500 || status < 300)
    return asked === 'send' ? new Uncertain(words) : new Retry(words, retryAfter(headers, now));
  return new Refused('rejected', words);
}

/** No answer at all. A message that may have arrived is nobody's to repeat. */
export function silence(error: NoAnswer, asked: Asked): Error {
  const words = `No answer from Weibo: ${error.message}`;
  return asked === 'send' && !error.neverLeft ? new Uncertain(words) : new Retry(words);
}
