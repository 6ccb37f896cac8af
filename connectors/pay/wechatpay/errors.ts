import { Misconfigured, Refused, Retry, Uncertain } from '../../errors.ts';
import { neverLeft } from '../../lib/http.ts';

/** What the merchant has to mend (channels/wechat.md 17.8). */
const THEIRS = new Set(['SIGN_ERROR', 'NO_AUTH', 'APPID_MCHID_NOT_MATCH', 'MCH_NOT_EXISTS', 'ACCOUNT_ERROR']);
/** Nothing was done; the same numbers may come again. */
const LATER = new Set(['FREQUENCY_LIMITED', 'RATELIMIT_EXCEEDED', 'FREQUENCY_LIMIT_EXCEED']);
/** Said while the work may have been done: repeat with the same numbers, or query. */
const OPEN = new Set(['SYSTEM_ERROR', 'BANK_ERROR', 'SYSTEMERROR', 'BANKERROR']);

interface Answered {
  response?: { status: number; data?: unknown; headers?: unknown };
  code?: string;
  message?: string;
}

/** What a failed call was, for people: never a key, never a body of ours. */
export interface Failure {
  status: number;
  code: string;
  message: string;
}

export function failureOf(error: unknown): Failure | undefined {
  const { response } = error as Answered;
  if (!response) return undefined;
  const body = (typeof response.data === 'object' && response.data !== null ? response.data : {}) as Record<
    string,
    unknown
  >;
  return {
    status: response.status,
    code: typeof body.code === 'string' ? body.code.slice(0, 60) : '',
    message: typeof body.message === 'string' ? body.message.slice(0, 300) : '',
  };
}

/**
 * A failed call of the client as one of our own errors. An answer 2xx that fails verification means that the work may be
 * done and nothing of it may be believed: `Uncertain`, never a refusal.
 */
export function asOurs(error: unknown): Error {
  const failure = failureOf(error);
  if (!failure) {
    const text = error instanceof Error ? error.message : String(error);
    return neverLeft(error) || neverLeft((error as { cause?: unknown }).cause)
      ? new Retry(`WeChat Pay could not be reached: ${text}`)
      : new Uncertain(`WeChat Pay did not answer: ${text}`);
  }
  const { status, code, message } = failure;
  if (status < 400) return new Uncertain('WeChat Pay’s answer could not be verified.');
  if (LATER.has(code) || status === 429) return new Retry(`${code} ${message}`.trim(), 1_000);
  if (OPEN.has(code) || status >= 500) return new Uncertain(`${code || status} ${message}`.trim());
  if (THEIRS.has(code)) return new Misconfigured(code, message || code);
  return new Refused(code || `HTTP_${status}`, message || code || `HTTP ${status}`);
}
