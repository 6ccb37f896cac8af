import { z } from 'zod';
import { Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import { retryAfter } from '../lib/http.ts';
import { cut } from '../lib/text.ts';
import type { Answer, NoAnswer } from './api.ts';

/** What is asked of LINE decides what a lost answer means: a reply has no retry key, everything else may be repeated. */
export type Asked = 'reply' | 'push' | 'other';

/** The wait after a rate limit when LINE names none; its limits count by the second (line.md section 12). */
const RATE_PAUSE_MS = 2_000;

/** An answer that is not a success, as what to do next (line.md section 13). */
export function trouble(answer: Pick<Answer, 'status' | 'headers' | 'json'>, asked: Asked, now: number): Error {
  const words = platformWords(answer);
  const { status } = answer;
  switch (status) {
    case 400:
      return /failed to send messages/i.test(words)
        ? new Refused('unreachable', words)
        : new Refused('rejected', words);
    case 401:
      return new Misconfigured('bad_token', words);
    case 403:
      return new Misconfigured('not_allowed', words);
    case 404:
      return new Refused('not_found', words);
    case 413:
      return new Refused('too_large', words);
    case 415:
      return new Refused('wrong_type', words);
    case 429:
      return /monthly limit/i.test(words)
        ? new Misconfigured('quota_used_up', words)
        : new Retry(words, retryAfter(answer.headers, now) ?? RATE_PAUSE_MS);
  }
  if (status >= 500)
    return asked === 'reply' ? new Uncertain(words) : new Retry(words, retryAfter(answer.headers, now));
  return new Refused('rejected', words);
}

/** No answer at all. A reply that may have arrived is nobody's to repeat (line.md section 8). */
export function silence(error: NoAnswer, asked: Asked): Error {
  const words = `No answer from LINE: ${error.message}`;
  return asked === 'reply' && !error.neverLeft ? new Uncertain(words) : new Retry(words);
}

/** A reply token that is spent, too old or foreign: a clear no, nothing was delivered. */
export function isDeadReplyToken({ status, json }: Pick<Answer, 'status' | 'json'>): boolean {
  return status === 400 && /invalid reply token/i.test(errorBody.safeParse(json).data?.message ?? '');
}

const errorBody = z.object({
  message: z.string(),
  details: z
    .array(z.object({ message: z.string().optional(), property: z.string().optional() }))
    .optional()
    .catch(undefined),
});

function platformWords({ status, headers, json }: Pick<Answer, 'status' | 'headers' | 'json'>): string {
  const body = errorBody.safeParse(json).data;
  const details = body?.details?.map(({ property, message }) => [property, message].filter(Boolean).join(': ')) ?? [];
  const id = headers.get('x-line-request-id');
  return (
    cut(`LINE ${status}: ${[body?.message ?? 'no reason given', ...details].join('; ')}`, 800) + (id ? ` [${id}]` : '')
  );
}
