import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { retryAfter } from '../lib/http.ts';
import { cut } from '../lib/text.ts';
import type { Answer, NoAnswer } from './api.ts';

/** What is asked decides what a lost answer means: a message has no retry key, everything else may be repeated. */
export type Asked = 'send' | 'other';

/** The pause after "too many calls", in milliseconds; Douyin names none. */
const PAUSE_MS = 30_000;
/** The pause after "system busy". */
const BUSY_MS = 2_000;

/** Codes that say the access token is no good: refresh once, repeat once. */
const DEAD = new Set([28001003, 28001008, 2190008, 2190002, 10008]);
export const isDeadToken = ({ code, status }: Pick<Answer, 'code' | 'status'>): boolean =>
  code === undefined ? status === 401 : DEAD.has(code);
/** The refresh token came to its end, or another took its place. */
export const isEnded = ({ code }: Pick<Answer, 'code'>): boolean => code === 10010;

/** The table of douyin.md section 7; exact wording was seen for a few only, so Douyin's own description is shown. */
const BUSY = new Set([28001005, 28001006, 2100004]);
const REFUSED: Record<number, string> = {
  28001007: 'rejected',
  2100005: 'rejected',
  28003070: 'frequency_limit',
  28004020: 'content_refused',
};
const MISCONFIGURED: Record<number, string> = {
  28001012: 'not_authorised',
  28001014: 'not_authorised',
  28001019: 'not_authorised',
  28001015: 'account_mixed_up',
  28001016: 'app_banned',
  28001018: 'ability_missing',
  28001042: 'ability_missing',
  28001020: 'test_app',
  28001021: 'test_app',
  28001045: 'permission_missing',
  28001046: 'permission_missing',
  28001047: 'permission_missing',
  28001052: 'permission_missing',
  28001056: 'permission_missing',
  28003017: 'quota_used_up',
  2190001: 'quota_used_up',
  10005: 'bad_parameters',
  10010: 'authorisation_ended',
};

/** An answer that is not a success, as what to do next. */
export function trouble(answer: Answer, asked: Asked, now: number): Error {
  const { status, code } = answer;
  const words = wordsOf(answer);
  if (code === undefined || code === 0) return byStatus(status, asked, words, answer, now);
  if (isDeadToken(answer)) return new Misconfigured('bad_token', words);
  if (BUSY.has(code)) return new Retry(words, BUSY_MS);
  if (code === 28003018) return new Retry(words, retryAfter(answer.headers, now) ?? PAUSE_MS);
  const misconfigured = MISCONFIGURED[code];
  if (misconfigured) return new Misconfigured(misconfigured, words);
  return new Refused(REFUSED[code] ?? `douyin_${Math.abs(code)}`, words);
}

/** No verdict of Douyin's: a gateway spoke, or nobody. */
function byStatus(status: number, asked: Asked, words: string, { headers }: Answer, now: number): Error {
  if (status === 401) return new Misconfigured('bad_token', words);
  if (status === 403) return new Misconfigured('not_authorised', words);
  if (status === 429) return new Retry(words, retryAfter(headers, now) ?? PAUSE_MS);
  if (status >= 500 || status === 408 || (status >= 200 && status < 300))
    return asked === 'send' ? new Uncertain(words) : new Retry(words, retryAfter(headers, now));
  return new Refused('rejected', words);
}

/** No answer at all. A message that may have arrived is nobody's to repeat. */
export function silence(error: NoAnswer, asked: Asked): Error {
  const words = `No answer from Douyin: ${error.message}`;
  return asked === 'send' && !error.neverLeft ? new Uncertain(words) : new Retry(words);
}

function wordsOf({ status, code, description, logId }: Answer): string {
  const what = cut(`Douyin ${code ?? status}: ${description || 'no reason given'}`, 800);
  return logId ? `${what} [${cut(logId, 100)}]` : what;
}
