import { z } from 'zod';
import { Misconfigured, Refused, Retry, Uncertain } from '../../errors.ts';
import { retryAfter } from '../http.ts';
import { cut } from '../text.ts';
import type { Answer, NoAnswer } from './call.ts';

/** What an error code of the Graph API asks of us; `code` is our stable name of it. */
export interface Rule {
  do: 'retry' | 'refuse' | 'misconfigured';
  code: string;
  /** Milliseconds, for `retry`. */
  afterMs?: number;
}
/** By code, or by subcode, which goes first. */
export type Rules = Readonly<Record<number, Rule>>;

/** Sending has no key to repeat it with, so an outcome nobody knows is nobody's to repeat; all else may be asked again. */
export type Asked = 'send' | 'other';

/** Codes that mean the same on every product of Meta (whatsapp.md B10); a connector adds its own. */
export const COMMON: Rules = {
  0: { do: 'misconfigured', code: 'bad_token' },
  102: { do: 'misconfigured', code: 'bad_token' },
  190: { do: 'misconfigured', code: 'bad_token' },
  3: { do: 'misconfigured', code: 'not_allowed' },
  10: { do: 'misconfigured', code: 'not_allowed' },
  100: { do: 'refuse', code: 'rejected' },
  1: { do: 'retry', code: 'temporary' },
  2: { do: 'retry', code: 'temporary' },
  4: { do: 'retry', code: 'too_many_calls', afterMs: 30_000 },
  17: { do: 'retry', code: 'too_many_calls', afterMs: 30_000 },
  32: { do: 'retry', code: 'too_many_calls', afterMs: 30_000 },
  613: { do: 'retry', code: 'too_many_calls', afterMs: 30_000 },
  368: { do: 'misconfigured', code: 'account_restricted' },
};

const text = z.string().optional().catch(undefined);
const shape = z.object({
  error: z.looseObject({
    message: text,
    code: z.int(),
    error_subcode: z.int().optional().catch(undefined),
    error_data: z.looseObject({ details: text }).optional().catch(undefined),
    error_user_msg: text,
    fbtrace_id: text,
  }),
});
export type GraphError = z.infer<typeof shape>['error'];

/** The error in an answer, or `undefined`: a proxy of Meta's answers in HTML. */
export function errorOf(json: unknown): GraphError | undefined {
  return shape.safeParse(json).data?.error;
}

export function ruleOf(code: number, rules: Rules): Rule | undefined {
  if (code >= 200 && code <= 299) return { do: 'misconfigured', code: 'not_allowed' };
  return rules[code] ?? COMMON[code];
}

/** An answer that is not a success, as what to do next. `name` stands before the platform's words. */
export function trouble(answer: Answer, rules: Rules, asked: Asked, name: string, now: number): Error {
  const error = errorOf(answer.json);
  const words = wordsOf(answer, error, name);
  // A connector may have rules for subcodes, which are numbers of seven digits and no codes.
  const rule = error && (rules[error.error_subcode ?? Number.NaN] ?? ruleOf(error.code, rules));
  if (rule?.do === 'misconfigured') return new Misconfigured(rule.code, words);
  if (rule?.do === 'refuse') {
    // “Object does not exist, or no permission for it”: the account's own id is wrong, not the message.
    if (error?.code === 100 && error.error_subcode === 33) return new Misconfigured('wrong_id', words);
    return new Refused(rule.code, words);
  }
  const pause = retryAfter(answer.headers, now);
  if (rule?.do === 'retry') return new Retry(words, pause ?? rule.afterMs);
  const { status } = answer;
  if (status === 401) return new Misconfigured('bad_token', words);
  if (status === 403) return new Misconfigured('not_allowed', words);
  if (status === 429) return new Retry(words, pause ?? 30_000);
  // With an error of Meta's own the request was turned down; without one nobody knows how far it came.
  if (status >= 500) return asked === 'send' && !error ? new Uncertain(words) : new Retry(words, pause);
  if (status < 300) return asked === 'send' ? new Uncertain(words) : new Retry(words);
  return new Refused(status === 404 ? 'not_found' : 'rejected', words);
}

/** No answer at all. What may have been sent is nobody's to repeat. */
export function silence(error: NoAnswer, asked: Asked, name: string): Error {
  const words = `No answer from ${name}: ${error.message}`;
  return asked === 'send' && !error.neverLeft ? new Uncertain(words) : new Retry(words);
}

function wordsOf({ status }: Answer, error: GraphError | undefined, name: string): string {
  const told = [error?.message, error?.error_data?.details ?? error?.error_user_msg].filter(Boolean).join(': ');
  const trace = error?.fbtrace_id ? ` [${cut(error.fbtrace_id, 60)}]` : '';
  return cut(`${name} ${error?.code ?? status}: ${told || 'no reason given'}`, 800) + trace;
}
