import type { Inbound, InboundKind } from '../../core/inbound.ts';
import { BadRequest } from '../errors.ts';
import { bounded } from '../lib/json.ts';
import { cut } from '../lib/text.ts';
import { toContent } from './content.ts';
import { digest, keyOf, lasting, payload } from './key.ts';
import { guarded, parse } from './parse.ts';
import type { LineEvent } from './schema.ts';
import * as schema from './schema.ts';

/** A reply token is good for about a minute; older pages say 30 s was measured. We stop in time (line.md section 8). */
const REPLY_LIFE_MS = 50_000;

/**
 * LINE's body becomes events in our words. One body carries events of several people, so an event nobody can read
 * does not take its neighbours with it: it is kept by name. Throws BadRequest when nothing in the body can be read.
 */
export function translate(body: unknown): Inbound[] {
  const { destination, events } = parse(schema.envelope, body, 'not_line');
  const read = events.map((raw) => {
    try {
      return toInbound(raw, destination);
    } catch (error) {
      if (error instanceof BadRequest) return error;
      throw error;
    }
  });
  const good = read.filter((item): item is Inbound => !(item instanceof BadRequest));
  const bad = read.find((item) => item instanceof BadRequest);
  if (bad && good.length === 0) throw bad;
  const latest = Math.max(...good.map((item) => item.at));
  return read.map((item, i) => (item instanceof BadRequest ? unreadable(events[i], latest, destination) : item));
}

function unreadable(raw: unknown, at: number, account: string | undefined): Inbound {
  return {
    account,
    externalId: `unreadable:${digest(lasting(raw))}`,
    at,
    kind: 'ignored',
    what: 'unreadable',
    data: bounded(raw),
  };
}

function toInbound(raw: unknown, account: string | undefined): Inbound {
  const event = parse(schema.event, raw, 'bad_event');
  const { source, timestamp, mode, replyToken } = event;
  const from = source?.type === 'user' ? source.userId : undefined;
  const silent = mode !== undefined && mode !== 'active';
  let messageId: string | undefined;
  let kind: InboundKind;
  if (from) {
    const result = kindOf(event, raw);
    ({ kind, messageId } = result);
  } else kind = elsewhere(event, raw);
  return {
    account,
    from,
    at: timestamp,
    externalId: keyOf(event, raw, messageId),
    reply: from && replyToken && !silent ? { token: replyToken, until: timestamp + REPLY_LIFE_MS } : undefined,
    silent: silent || undefined,
    ...kind,
  };
}

/** Groups, rooms and the account itself: no conversation of ours, kept by name. What strangers say in a group is not kept. */
function elsewhere(event: LineEvent, raw: unknown): InboundKind {
  const { source, type } = event;
  if (!source) return { kind: 'ignored', what: type, data: bounded(payload(raw)) };
  return {
    kind: 'ignored',
    what: `${source.type}/${type}`,
    data: { id: source.groupId ?? source.roomId, from: source.userId },
  };
}

function kindOf(event: LineEvent, raw: unknown): { kind: InboundKind; messageId?: string } {
  switch (event.type) {
    case 'message':
    case 'messageEdited':
      return messageKind(event);
    case 'unsend':
      return {
        kind: { kind: 'recall', messageId: parse(schema.unsend, event.unsend, 'bad_event', 'unsend.').messageId },
      };
    case 'follow': {
      const change = schema.follow.parse(event.follow)?.isUnblocked ? 'returned' : 'added';
      return { kind: { kind: 'contact', change } };
    }
    case 'unfollow':
      return { kind: { kind: 'contact', change: 'removed' } };
    case 'postback':
      return { kind: postbackKind(event) };
    case 'videoPlayComplete':
      return notice(event, detail(event.videoPlayComplete, 'trackingId'));
    case 'beacon':
      return notice(event, detail(event.beacon, 'type', 'hwid'));
    case 'accountLink':
      return notice(event, detail(event.link, 'result'));
    case 'membership':
      return notice(event, detail(event.membership, 'type', 'membershipId'));
    default:
      return { kind: { kind: 'ignored', what: event.type, data: bounded(payload(raw)) } };
  }
}

function messageKind(event: LineEvent): { kind: InboundKind; messageId: string } {
  const message = parse(schema.message, event.message, 'bad_event', 'message.');
  const content = guarded(() => toContent(message, event.message), 'bad_event', 'message.');
  const { id: messageId, quotedMessageId: quoted, quoteToken, markAsReadToken: receipt } = message;
  if (event.type === 'messageEdited') return { messageId, kind: { kind: 'edit', messageId, content } };
  const set = message.type === 'image' ? schema.image.parse(event.message).imageSet : undefined;
  return {
    messageId,
    kind: {
      kind: 'message',
      messageId,
      content,
      quoted,
      quoteToken,
      receipt,
      set: set && { id: set.id, index: set.index, total: set.total },
    },
  };
}

/** A tap on a button. Switching the rich menu is no word to anybody: a quiet line. */
function postbackKind(event: LineEvent): InboundKind {
  const { data, params } = parse(schema.postback, event.postback, 'bad_event', 'postback.');
  if (params && 'newRichMenuAliasId' in params) {
    return { kind: 'notice', what: 'richMenuSwitch', text: cut(String(params.newRichMenuAliasId), 200) };
  }
  const chosen = params?.datetime ?? params?.date ?? params?.time;
  return {
    kind: 'message',
    messageId: event.webhookEventId ?? `postback:${event.timestamp}:${digest(event.postback)}`,
    content: { type: 'action', data: cut(data, 2000), text: typeof chosen === 'string' ? cut(chosen, 500) : undefined },
  };
}

function notice(event: LineEvent, text: string): { kind: InboundKind } {
  return { kind: { kind: 'notice', what: event.type, text: text || undefined } };
}

/** The named parts of an object we otherwise do not read, for a person's eyes. */
function detail(value: unknown, ...keys: string[]): string {
  if (typeof value !== 'object' || value === null) return '';
  const parts = keys.map((key) => (value as Record<string, unknown>)[key]);
  return cut(parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' '), 200);
}
