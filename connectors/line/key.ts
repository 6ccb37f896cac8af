import { createHash } from 'node:crypto';
import type { LineEvent } from './schema.ts';

/**
 * The key duplicates die on: the event id together with the message id, because published samples reuse one event id
 * for two pictures in one body (line.md section 5). Old senders have no event id: then what the event says.
 */
export function keyOf(event: LineEvent, raw: unknown, messageId: string | undefined): string {
  const id = event.webhookEventId ?? [event.type, event.timestamp, digest(lasting(raw))].join(':');
  return messageId ? `${id}:${messageId}` : id;
}

/** An event without what LINE may change when it sends it again. */
export function lasting(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { deliveryContext: _, replyToken: __, ...rest } = raw as Record<string, unknown>;
  return rest;
}

const SHARED = new Set(['type', 'mode', 'timestamp', 'replyToken', 'deliveryContext', 'webhookEventId']);

/** What is an event's own: all but the fields that every event shares. */
export function payload(raw: unknown): unknown {
  return Object.fromEntries(Object.entries(raw as object).filter(([key]) => !SHARED.has(key)));
}

export function digest(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
