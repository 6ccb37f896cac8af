import { createHash } from 'node:crypto';
import type { Push } from './schema.ts';

/**
 * The key duplicates die on (channels/wechat.md §6): MsgId where there is one; otherwise who, when, which event, and what
 * it is about. WeChat's advice ends at who and when, but then following and a position of the same second would be one.
 */
export function keyOf(push: Push): string {
  if (push.MsgId !== undefined) return `msg:${push.MsgId}`;
  const about = [push.EventKey ?? '', push.MsgID ?? '', push.MsgType === 'event' ? innerIds(push) : push];
  return ['ev', push.FromUserName ?? '', push.CreateTime, nameOf(push), digest(about)].join(':');
}

/** The event's name (case differs between pages) or the message's. */
export const nameOf = (push: Push): string =>
  (push.MsgType.toLowerCase() === 'event' ? (push.Event ?? 'event') : push.MsgType).toLowerCase();

/** Ids of messages inside an event: two deliveries told in one second are two. */
function innerIds(push: Push): string[] {
  const ids: string[] = [];
  const todo: [unknown, number][] = [[push, 0]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null || depth > 6) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'MsgID' && typeof inner !== 'object') ids.push(String(inner));
      else todo.push([inner, depth + 1]);
    }
  }
  return ids.sort();
}

export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64url')
    .slice(0, 22);
}
