import type { Inbound, InboundBase } from '../../core/inbound.ts';
import { guarded, parse } from '../lib/graph/parse.ts';
import { cut } from '../lib/text.ts';
import { type Read, toContent, unsupported } from './content.ts';
import { faultsIn } from './faults.ts';
import * as schema from './schema.ts';
import { systemEvent } from './system.ts';
import { type Contact, whoIs } from './who.ts';

type Json = Record<string, unknown>;
type Base = InboundBase & { from: string };

/** The id of the text that came below a picture; the picture has the message's own. */
export const captionOf = (id: string): string => `${id}/caption`;
/** What marks a message as read: also whose it is, so that the dots, which go to a message, find theirs. */
export const receiptOf = (from: string, id: string): string => `${from} ${id}`;

/** One message of a customer; a picture with words makes two events. Throws BadRequest when it cannot be read. */
export function messageEvents(raw: unknown, account: string | undefined, contacts: Contact[]): Inbound[] {
  const message = parse(schema.message, raw, 'message.');
  const type = message.type ?? inferred(raw as Json);
  const externalId = message.id;
  const base = { account, externalId, at: message.timestamp };
  // What is said in a group is nobody's conversation with us: its words are not kept.
  if (message.group_id) return [{ ...base, kind: 'ignored', what: `group/${type}`, data: { group: message.group_id } }];
  const ids = { phone: message.from, user: message.from_user_id, parent: message.from_parent_user_id };
  const who = whoIs(ids, contacts);
  if (type === 'system') return [systemEvent(parse(schema.system, (raw as Json).system ?? {}, 'system.'), base, who)];
  if (!who) return [{ ...base, kind: 'ignored', what: type }];
  const person: Base = { ...base, ...who, entry: entryOf(message) };
  return guarded(() => kindsOf(type, message, raw as Json, person), 'message.');
}

function kindsOf(type: string, message: schema.Message, raw: Json, person: Base): Inbound[] {
  const own = raw[type];
  const { entry: _, ...plain } = person;
  switch (type) {
    case 'reaction': {
      const { emoji } = schema.reaction.parse(own);
      return [{ ...plain, kind: 'notice', what: emoji ? 'reaction' : 'reaction/removed', text: emoji }];
    }
    case 'request_welcome':
      return [{ ...person, kind: 'notice', what: type }];
    case 'revoke': {
      const { original_message_id: gone } = schema.original.parse(own);
      return [gone, captionOf(gone)].map((messageId, i) => ({
        ...plain,
        externalId: i ? captionOf(message.id) : message.id,
        kind: 'recall',
        messageId,
      }));
    }
    case 'edit':
      return edited(schema.original.parse(own).original_message_id, (own as Json).message, plain);
    default:
      return said(type, message, raw, person);
  }
}

/** Only words can be changed: of a text, or below a picture. */
function edited(original: string, changed: unknown, base: Base): Inbound[] {
  const inner = (typeof changed === 'object' && changed !== null ? changed : {}) as Json;
  const type = typeof inner.type === 'string' ? inner.type : inferred(inner);
  const { content, caption } = toContent(type, inner, true);
  if (content.type === 'text') return [{ ...base, kind: 'edit', messageId: original, content }];
  if (!caption) return [{ ...base, kind: 'notice', what: 'edit', text: cut(type, 80) }];
  return [{ ...base, kind: 'edit', messageId: captionOf(original), content: { type: 'text', text: caption } }];
}

function said(type: string, message: schema.Message, raw: Json, base: Base): Inbound[] {
  const { id, context } = message;
  const [fault] = faultsIn(message.errors);
  if (type === 'interactive' && isCallPermission(raw.interactive))
    return [{ ...base, kind: 'notice', what: 'call_permission_reply', text: permission(raw.interactive) }];
  const read: Read =
    type === 'unsupported'
      ? unsupported(schema.unsupported.parse(raw.unsupported)?.type ?? type, fault?.text)
      : toContent(type, raw, fault !== undefined);
  const common = {
    quoted: context?.id,
    quoteToken: id,
    receipt: receiptOf(base.from, id),
  };
  const events: Inbound[] = [
    {
      ...base,
      ...(read.tapped && { trigger: 'menu' as const }),
      kind: 'message',
      messageId: id,
      content: read.content,
      ...common,
    },
  ];
  if (read.caption) {
    const { quoted: _, ...rest } = common;
    const content = { type: 'text' as const, text: read.caption };
    events.push({ ...base, externalId: captionOf(id), kind: 'message', messageId: captionOf(id), content, ...rest });
  }
  return events;
}

const KNOWN = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'reaction',
  'interactive',
  'button',
  'order',
  'system',
  'edit',
  'revoke',
  'unsupported',
];

/** Old traffic comes without a type: then the object that is there names it. */
export function inferred(raw: Json): string {
  return KNOWN.find((key) => raw[key] !== undefined && raw[key] !== null) ?? 'unsupported';
}

/** What the customer came with: the advert that was tapped, or the product the question is about; Meta's own names. */
function entryOf({ referral, context }: schema.Message): Record<string, string> | undefined {
  const welcome = (referral?.welcome_message as { text?: unknown } | null | undefined)?.text;
  const told = {
    ...referral,
    ...(typeof welcome === 'string' && { welcome_message: welcome }),
    ...context?.referred_product,
  };
  const pairs = Object.entries(told).flatMap(([key, value]) =>
    typeof value === 'string' && value !== '' ? [[key, cut(value, 500)] as const] : [],
  );
  return pairs.length > 0 ? Object.fromEntries(pairs.slice(0, 20)) : undefined;
}

const isCallPermission = (own: unknown): own is Json =>
  typeof own === 'object' && own !== null && 'call_permission_reply' in own;
function permission(own: unknown): string | undefined {
  const { response } = ((own as Json).call_permission_reply ?? {}) as { response?: unknown };
  return typeof response === 'string' ? cut(response, 80) : undefined;
}
