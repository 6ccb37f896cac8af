import { createHash } from 'node:crypto';
import type { Inbound, InboundBase } from '../../core/inbound.ts';
import { cut } from '../lib/text.ts';
import { contentOf, SILENT } from './content.ts';
import { kindOf, plainId } from './ids.ts';
import type { WebMessage } from './schema.ts';
import * as schema from './schema.ts';

/** What one has to ask the page for before an event can be told. */
export interface About {
  /** Our own ids. */
  me: readonly string[];
  /** Other ids of the customer. */
  aliases?: string[];
  /** The id of the message this one quotes, where the page found it. */
  quoted?: string;
}

/** Reads what the library hands us; null when it is no message at all. */
export function readMessage(raw: unknown): WebMessage | null {
  const read = schema.message.safeParse(plain(raw));
  return read.success ? read.data : null;
}

/** Classes become plain values, without what PostgreSQL cannot keep (NUL, half characters) and without depth. */
function plain(value: unknown, depth = 6): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return value.slice(0, 500).map((item) => plain(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, depth - 1)]));
}

/** The person on the other side; undefined where the message is in no conversation of two. */
export function customerOf(message: WebMessage, me: readonly string[]): string | undefined {
  const id = plainId(message.id.remote);
  if (kindOf(id) !== 'person' || message.isStatus || message.broadcast) return undefined;
  return me.includes(id) ? undefined : id;
}

/** A message of the customer, or one of ours that was written on the phone. Nothing for what says nothing. */
export function onMessage(message: WebMessage, about: About): Inbound[] {
  const from = customerOf(message, about.me);
  if (!from) return elsewhere(message, about.me);
  if (SILENT.has(message.type)) return [];
  const { fromMe, _serialized: messageId } = message.id;
  const kind = fromMe ? ('echo' as const) : ('message' as const);
  const { content, caption } = contentOf(message);
  const quoted = about.quoted ?? quotedIn(message, from, about.me);
  const handles = fromMe ? {} : { quoteToken: messageId, receipt: from };
  const base = { ...person(message, from, about), ...(fromMe ? {} : { entry: advertOf(message) }) };
  const events: Inbound[] = [{ ...base, externalId: messageId, kind, messageId, content, quoted, ...handles }];
  if (caption) {
    const id = captionId(messageId);
    const text = { type: 'text' as const, text: caption };
    events.push({ ...base, externalId: id, kind, messageId: id, content: text, ...handles });
  }
  return events;
}

/** The words below a picture are a message of their own with us. */
export const captionId = (messageId: string): string => `${messageId}:caption`;
/** The platform's message behind one of our ids. */
export const messageOf = (id: string): string => id.replace(/:caption$/, '');

/** The customer changed a message; `isCaption` where the words stand below a picture. */
export function onEdit(message: WebMessage, body: unknown, about: About): Inbound[] {
  const from = customerOf(message, about.me);
  if (!from || typeof body !== 'string' || !body.trim() || SILENT.has(message.type)) return [];
  const text = cut(String(plain(body)), 20_000);
  const { _serialized: id, fromMe } = message.id;
  const base = { ...person(message, from, about), at: 0, externalId: `edit:${id}:${digest(text)}` };
  // A colleague corrected his own words on the phone: there is no shape for it, it is kept by name.
  if (fromMe) return [{ ...base, kind: 'ignored', what: 'edit/own' }];
  const { content } = contentOf(message);
  if (content.type === 'text' || 'media' in content)
    return [
      {
        ...base,
        kind: 'edit',
        messageId: content.type === 'text' ? id : captionId(id),
        content: { type: 'text', text },
      },
    ];
  return [{ ...base, kind: 'ignored', what: `edit/${message.type}` }];
}

/** Taken back from everybody. It may be all that is left of the message, so its caption goes as well. */
export function onRevoke(message: WebMessage, about: About): Inbound[] {
  const from = customerOf(message, about.me);
  if (!from) return [];
  const id = (message.protocolMessageKey ?? message.id)._serialized;
  const base = { from, aliases: about.aliases, at: 0 };
  if (message.id.fromMe) return [{ ...base, externalId: `revoke:${id}`, kind: 'ignored', what: 'revoke/own' }];
  return [id, captionId(id)].map((messageId) => ({
    ...base,
    externalId: `revoke:${messageId}`,
    kind: 'recall',
    messageId,
  }));
}

/** How far a message of ours came (A4): -1 error, 0 pending, 1 server, 2 device, 3 read, 4 played. */
export function onAck(message: WebMessage, ack: number, about: About): Inbound[] {
  const from = customerOf(message, about.me);
  if (!from || !message.id.fromMe || (ack !== -1 && ack < 2)) return [];
  const { _serialized: id } = message.id;
  const base = { from, aliases: about.aliases, at: 0, externalId: `ack:${id}:${ack}` };
  const messageIds = [id];
  if (ack === -1) {
    const error = { code: 'not_sent', text: 'WhatsApp could not send this message.' };
    return [{ ...base, kind: 'receipt', state: 'failed', messageIds, error }];
  }
  return [{ ...base, kind: 'receipt', state: ack === 2 ? 'delivered' : 'read', messageIds }];
}

/** A quiet line: the emoji, or nothing where it was taken away. */
export function onReaction(raw: unknown, about: About): Inbound[] {
  const read = schema.reaction.safeParse(plain(raw));
  if (!read.success) return [];
  const { msgId, senderId, reaction, timestamp } = read.data;
  const target = typeof msgId === 'string' ? msgId : msgId._serialized;
  const chat = plainId(typeof msgId === 'string' ? (msgId.split('_')[1] ?? '') : msgId.remote);
  if (kindOf(chat) !== 'person' || about.me.includes(plainId(senderId)) || about.me.includes(chat)) return [];
  const text = cut(reaction ?? '', 100);
  return [
    {
      from: chat,
      aliases: about.aliases,
      at: seconds(timestamp),
      externalId: `reaction:${target}:${digest(`${senderId} ${text} ${timestamp ?? ''}`)}`,
      kind: 'notice',
      what: 'reaction',
      text: text || undefined,
    },
  ];
}

/** Somebody rang; nobody can answer here. */
export function onCall(raw: unknown, about: About): Inbound[] {
  const read = schema.call.safeParse(plain(raw));
  if (!read.success) return [];
  const { id, from: caller, isGroup, fromMe, isVideo, timestamp } = read.data;
  const from = plainId(caller);
  if (isGroup || fromMe || kindOf(from) !== 'person') return [];
  const what = isVideo ? 'video_call' : 'call';
  return [{ from, aliases: about.aliases, at: seconds(timestamp), externalId: `call:${id}`, kind: 'notice', what }];
}

/** The customer wrote something that this device could not read. If it can after all, the message follows. */
export function onUnreadable(message: WebMessage, about: About): Inbound[] {
  const from = customerOf(message, about.me);
  if (!from || message.id.fromMe) return [];
  const externalId = `ciphertext:${message.id._serialized}`;
  return [{ ...person(message, from, about), externalId, kind: 'notice', what: 'ciphertext_failed' }];
}

/** Groups, stories, channels: no conversation of ours, kept by name without the words of strangers. */
function elsewhere(message: WebMessage, me: readonly string[]): Inbound[] {
  if (message.id.fromMe) return [];
  const id = plainId(message.id.remote);
  const where = message.isStatus ? 'status' : me.includes(id) ? 'self' : message.broadcast ? 'broadcast' : kindOf(id);
  const what = cut(`${where}/${message.type}`, 200);
  return [{ externalId: message.id._serialized, at: seconds(message.timestamp), kind: 'ignored', what }];
}

function person(message: WebMessage, from: string, about: About): Omit<InboundBase, 'externalId'> {
  const name = message.id.fromMe ? undefined : message._data?.notifyName?.trim();
  return {
    from,
    aliases: about.aliases?.length ? about.aliases : undefined,
    at: seconds(message.timestamp),
    profile: name ? { name: cut(name, 100) } : undefined,
  };
}

/** The page names a quoted message by half its id; the other half is who wrote it. */
function quotedIn({ _data: data }: WebMessage, from: string, me: readonly string[]): string | undefined {
  const stanza = data?.quotedStanzaID;
  if (!stanza || !/^[\w.-]{1,200}$/.test(stanza)) return undefined;
  const ours = data?.quotedParticipant ? me.includes(plainId(data.quotedParticipant)) : false;
  return `${ours}_${from}_${stanza}`;
}

/** The advert a conversation was opened from, under WhatsApp's own names. */
function advertOf({ _data: data }: WebMessage): Record<string, string> | undefined {
  const entries = Object.entries(data?.ctwaContext ?? {})
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '')
    .filter(([name]) => /^\w{1,100}$/.test(name) && name !== 'thumbnail')
    .slice(0, 20);
  return entries.length ? Object.fromEntries(entries.map(([name, value]) => [name, cut(value, 500)])) : undefined;
}

/** WhatsApp counts seconds; 0 lets the hub put in the time of arrival. */
function seconds(value: number | null | undefined): number {
  return value && Number.isFinite(value) && value > 0 && value < 8.64e12 ? Math.round(value * 1000) : 0;
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);
