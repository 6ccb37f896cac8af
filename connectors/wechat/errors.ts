import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { retryAfter } from '../lib/http.ts';
import { cut } from '../lib/text.ts';
import type { Answer, NoAnswer } from './api.ts';
import { actOn } from './codes.ts';

/** What a lost answer means: a message has no key to be repeated with, everything else may be asked again. */
export type Asked = 'send' | 'other';

const DAY_MS = 86_400_000;
/** Beijing is eight hours ahead of UTC and keeps no summer time. */
const BEIJING_MS = 8 * 3_600_000;
const RATE_PAUSE_MS = 60_000;

/** Until the next midnight in Beijing, when daily quotas begin anew, and a minute more. Milliseconds. */
export function untilMidnight(now: number): number {
  return DAY_MS - ((now + BEIJING_MS) % DAY_MS) + 60_000;
}

/** An answer that is not a success, as what to do next. */
export function trouble(answer: Answer, asked: Asked, now: number): Error {
  const words = wordsOf(answer);
  if (answer.errcode === undefined) return unreadable(answer, asked, words, now);
  const act = actOn(answer.errcode);
  switch (act.do) {
    case 'again':
      return new Retry(words, act.afterMs);
    case 'midnight':
      return new Retry(words, untilMidnight(now));
    case 'token':
    case 'admin':
      return new Misconfigured(act.code, words);
    case 'held':
    case 'refuse':
    case 'upload':
    case 'split':
    case 'words':
      return new Refused(act.code, words);
  }
}

/** No answer at all: whether a message arrived nobody knows. */
export function silence(error: NoAnswer, asked: Asked): Error {
  const words = `No answer from WeChat: ${error.message}`;
  return asked === 'send' && !error.neverLeft ? new Uncertain(words) : new Retry(words);
}

/** WeChat answers errors with 200; another status, or no JSON, is a gateway's. */
function unreadable({ status, headers }: Answer, asked: Asked, words: string, now: number): Error {
  if (status === 429) return new Retry(words, retryAfter(headers, now) ?? RATE_PAUSE_MS);
  if (status >= 500 || status === 408 || status < 400)
    return asked === 'send' ? new Uncertain(words) : new Retry(words);
  return new Refused(status === 413 ? 'file_too_large' : 'rejected', words);
}

/** `errmsg` with its `rid`, by which WeChat explains it for seven days. */
export function wordsOf({ status, errcode, errmsg }: Answer): string {
  return errcode === undefined
    ? `WeChat answered with status ${status} and nothing to read.`
    : cut(`WeChat ${errcode}: ${errmsg || 'no reason given'}`, 500);
}
