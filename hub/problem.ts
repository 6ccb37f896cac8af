import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ZodError } from 'zod';
import { BadRequest, BadSignature } from '../connectors/errors.ts';
import { Refusal } from '../core/refusal.ts';
import { isAway } from './away.ts';
import type { HouseEnv } from './routes/route.ts';

/** Codes of answers that no refusal names, by status. */
const BY_STATUS: Record<number, string> = {
  400: 'bad_json',
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  405: 'not_found',
  408: 'too_slow',
  413: 'body_too_large',
  415: 'media_type_refused',
  429: 'too_many',
  503: 'not_ready',
};

/** An RFC 9457 document. `code` is stable; `detail` is for people and may be left out. */
export function problem(
  c: Context,
  status: number,
  code: string,
  detail?: string,
  more: Record<string, unknown> = {},
): Response {
  const body = {
    ...more,
    type: `/api/docs#${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    ...(detail && detail !== code && { detail }),
  };
  // Through the context, so that what middleware has already put into the headers stays.
  return c.body(JSON.stringify(body), status as 400, { 'content-type': 'application/problem+json' });
}

/** Where an input is wrong, in the words of its schema; never the value itself, which may be a secret. */
export function errorsOf(error: ZodError): { path: string; message: string; code: string }[] {
  return error.issues
    .slice(0, 50)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message, code: issue.code }));
}

/** Throws `invalid_input` for one field. `message` is what is wrong with it: `taken`, or a schema's sentence. */
export function wrong(path: string, message: string): Refusal {
  return new Refusal('invalid_input', undefined, { errors: [{ path, message, code: message }] });
}

/** The only place where an error becomes an answer. What we do not know is our bug: told to the log, not to the caller. */
export function answerError(error: Error, c: Context<HouseEnv>): Response {
  if (error instanceof Refusal) return problem(c, error.status, error.code, error.message, error.more);
  if (error instanceof BadRequest) return problem(c, 400, error.code, error.message);
  if (error instanceof BadSignature) return problem(c, 401, 'bad_signature');
  if (error instanceof HTTPException && error.status < 500)
    return problem(c, error.status, BY_STATUS[error.status] ?? 'invalid_input');
  const { log } = c.get('hub');
  if (isAway(error)) {
    log.warn({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'the database was away or too busy');
    c.header('retry-after', '2');
    return problem(c, 503, 'not_ready');
  }
  log.error({ err: error, requestId: c.get('requestId'), method: c.req.method, path: c.req.path }, 'a request failed');
  return problem(c, 500, 'internal', undefined, { requestId: c.get('requestId') });
}
