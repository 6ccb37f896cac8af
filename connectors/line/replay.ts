import { createHmac, randomBytes } from 'node:crypto';
import { fixturesIn } from '../lib/fixtures.ts';
import { numbers, ulid } from '../lib/sandbox/ids.ts';
import type { Replay } from '../replay.ts';
import type { LineConfig } from './config.ts';

type Json = { [key: string]: unknown };

/** The recorded bodies of LINE, read when first wanted. */
let recorded: Record<string, string> | undefined;
export const recordings = (): Record<string, string> =>
  (recorded ??= fixturesIn(new URL('./fixtures/', import.meta.url)));

/** Base64 of HMAC-SHA256 over the raw body (line.md section 2). */
export function signature(body: Uint8Array, channelSecret: string): string {
  return createHmac('sha256', channelSecret).update(body).digest('base64');
}

/** What LINE posts for these events. Characters beyond the basic plane go out as escapes, as LINE writes them. */
export function bodyOf(destination: string, events: unknown[]): Uint8Array {
  const text = JSON.stringify({ destination, events });
  return new TextEncoder().encode(text.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`));
}

/**
 * The events of a recording as if they happened now to `from`: new event ids, message ids, reply tokens and times. What
 * was equal stays equal, so two pictures of one set still belong together.
 */
export function freshen(recording: string, from: string, now: () => number): Json[] {
  const { events } = JSON.parse(recording) as { events: Json[] };
  const nextId = numbers(now);
  const renamed = new Map<string, string>();
  const rename = (old: unknown, make: () => string) => {
    const key = String(old);
    const fresh = renamed.get(key) ?? make();
    renamed.set(key, fresh);
    return fresh;
  };
  const oldest = Math.min(...events.map((event) => Number(event.timestamp)));
  return events.map((event) => {
    const source = event.source as Json | undefined;
    const message = event.message as Json | undefined;
    return {
      ...event,
      timestamp: now() + Number(event.timestamp) - oldest,
      ...(event.webhookEventId !== undefined && { webhookEventId: rename(event.webhookEventId, () => ulid(now())) }),
      ...(event.replyToken !== undefined && { replyToken: randomBytes(16).toString('hex') }),
      ...(source?.type === 'user' && { source: { ...source, userId: from } }),
      ...(message?.id !== undefined && { message: { ...message, id: rename(message.id, nextId) } }),
    };
  });
}

/** For `npm run replay line text`. */
export const lineReplay: Replay<LineConfig> = {
  recordings,
  request(name, config, { from, account, now }) {
    const body = bodyOf(
      account ?? `U${'0'.repeat(32)}`,
      freshen(recordings()[name] ?? '{"events":[]}', from ?? `Ud${'e'.repeat(31)}`, now),
    );
    return {
      method: 'POST',
      path: '',
      query: {},
      body,
      headers: { 'content-type': 'application/json', 'x-line-signature': signature(body, config.channelSecret) },
    };
  },
};
