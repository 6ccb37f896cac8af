import { z } from 'zod';
import type { Inbound, InboundBase, InboundKind } from '../../core/inbound.ts';
import { BadRequest } from '../errors.ts';
import { bounded } from '../lib/json.ts';
import { content } from './content.ts';
import { eventKind } from './events.ts';
import { readPush } from './json.ts';
import { keyOf } from './key.ts';
import * as schema from './schema.ts';
import { readTime } from './time.ts';

/** One push: what it means, and between whom it was. */
export interface Understood {
  events: Inbound[];
  account: string;
  from: string;
}

/**
 * Weibo's body in our words; a push is about one thing (a mention is told twice: what was said, and where). Throws
 * BadRequest when it is no push of Weibo's; a part that cannot be read makes it `unsupported`, never lost.
 */
export function translate(body: unknown): Understood {
  const push = parse(body);
  const data = dataOf(push.data);
  const key = keyOf(push, data);
  const base = {
    account: push.receiver_id,
    from: push.sender_id,
    // Without a time that can be read the hub takes that of the arrival.
    at: readTime(push.created_at) ?? 0,
    externalId: key,
  };
  const events = kindsOf(push, data, key).map(
    ({ more, ...kind }, index): Inbound => ({
      ...base,
      ...more,
      ...kind,
      externalId: index === 0 ? key : `${key}:${index}`,
    }),
  );
  return { events, account: push.receiver_id, from: push.sender_id };
}

export type Told = InboundKind & { more?: Pick<InboundBase, 'trigger' | 'entry'> };

function kindsOf(push: schema.Push, data: object, messageId: string): Told[] {
  switch (push.type) {
    case 'event': {
      const event = schema.event.safeParse(data).data;
      if (!event) return [{ kind: 'ignored', what: 'event', data: bounded(data) }];
      return [eventKind(event, push.text, messageId)];
    }
    case 'mention':
      return mention(push, data, messageId);
    default:
      return [{ kind: 'message', messageId, content: content(push, data) }];
  }
}

/** Named in public: what was said is a message with a right of its own to answer, where it was said a quiet line. */
function mention(push: schema.Push, data: object, messageId: string): Told[] {
  const { subtype = 'status', key } = schema.mention.parse(data);
  const entry: Record<string, string> = { mention: subtype, ...(key && { key }) };
  // A post opens by its number; a comment has no page of its own.
  const place = key && subtype === 'status' ? `https://m.weibo.cn/status/${key}` : key;
  return [
    {
      kind: 'message',
      messageId,
      content: content({ ...push, type: 'text' }, {}),
      more: { trigger: 'mention', entry },
    },
    { kind: 'notice', what: 'mention', text: [subtype, place].filter(Boolean).join(' ') },
  ];
}

/** An object in the samples, a text with JSON in it by the tables (weibo.md section 10). */
function dataOf(data: unknown): object {
  let value = data;
  if (typeof data === 'string') {
    try {
      value = readPush(new TextEncoder().encode(data));
    } catch (error) {
      if (!(error instanceof BadRequest) || !['bad_json', 'xml_format'].includes(error.code)) throw error;
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** Names the fields, never their values: a problem document is no place for a customer's words. */
function parse(body: unknown): schema.Push {
  try {
    return schema.push.parse(body);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.slice(0, 5).map((issue) => issue.path.join('.') || 'body');
    throw new BadRequest('not_weibo', `Not what Weibo sends: ${fields.join(', ')}.`);
  }
}
