import type { Sendable } from '../../core/message.ts';
import type { Reply } from '../connector.ts';
import { Refused } from '../errors.ts';
import { toWeibo } from './outbound.ts';

/** An empty body with 200 is what stops Weibo's repeats; any text would be read as an answer (weibo.md section 3). */
export const THANKS: Reply = { status: 200, type: 'text/plain; charset=utf-8', body: '' };

/**
 * The answer inside the response to a push (weibo.md section 5): `account` now speaks and `fan` hears, so the ids stand the
 * other way round than in the push. The data is URL-encoded JSON: a space is `%20`, a plus `%2B`. Undefined for what
 * cannot be carried so.
 */
export function passiveReply(account: string, fan: string, content: Sendable): Reply | undefined {
  try {
    const { type, data } = toWeibo(content);
    return {
      status: 200,
      type: 'application/json; charset=utf-8',
      body: JSON.stringify({ result: true, sender_id: account, receiver_id: fan, type, data: encoded(data) }),
    };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Once, and as URLs are written: a fan would see `%7B%22text…` of data encoded twice. */
export function encoded(data: object): string {
  return encodeURIComponent(JSON.stringify(data));
}
