import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { LineAccount } from './accounts.ts';

export type LineEnv = { Variables: { account: LineAccount } };
export type LineContext = Context<LineEnv>;

/** LINE's own words, where they are known (line.md section 13). */
export const WORDS = {
  unauthorised: 'Authentication failed. Confirm that the access token in the authorization header is valid.',
  replyToken: 'Invalid reply token',
  rate: 'The API rate limit has been exceeded. Try again later.',
  quota: 'You have reached your monthly limit.',
  notSent: 'Failed to send messages',
  conflict: 'The retry key is already accepted',
  notFound: 'Not found',
};

export interface Detail {
  message: string;
  property: string;
}

/** An error as LINE shapes it. */
export function fail(
  c: Context,
  status: ContentfulStatusCode,
  message: string,
  more: { details?: Detail[]; sentMessages?: unknown } = {},
): Response {
  return c.json({ message, ...more }, status);
}

/** Says which properties were wrong, with LINE's count of them. */
export function invalid(c: Context, details: Detail[]): Response {
  return fail(c, 400, `The request body has ${details.length} error(s)`, { details });
}

export const requestId = (): string => randomUUID();
