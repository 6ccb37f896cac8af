import { createHash } from 'node:crypto';
import type { Push } from './schema.ts';
import { readTime } from './time.ts';

/**
 * What stands in for the message id Weibo does not give: sender, time, kind and a print of what was said. The wiki's
 * advice (sender and time) would take two messages within one second for one (weibo.md section 3). The same on every
 * repeat; the same text twice within one second stays one.
 */
export function keyOf(push: Pick<Push, 'sender_id' | 'created_at' | 'type' | 'text'>, data: unknown): string {
  const at = readTime(push.created_at);
  const print = createHash('sha256')
    .update(JSON.stringify([push.created_at, push.text ?? null, data ?? null]))
    .digest('base64url')
    .slice(0, 22);
  return [push.sender_id, at === undefined ? 'no-time' : at / 1000, push.type, print].join(':');
}
