import type { z } from 'zod';
import type { Inbound, InboundBase, InboundKind } from '../../core/inbound.ts';
import { contentsOf, entryOf, tapped } from '../lib/graph/page/content.ts';
import * as schema from '../lib/graph/page/schema.ts';
import { digest, each, type Piece, parse } from '../lib/graph/parse.ts';
import { bounded } from '../lib/json.ts';
import { cut } from '../lib/text.ts';
import type { MessengerConfig } from './config.ts';
import { MARK } from './limits.ts';

type Where = Pick<InboundBase, 'account' | 'at' | 'silent'>;
type Base = Where & { from: string; externalId: string };
type Kind = InboundKind & Partial<InboundBase>;
const FRAME = new Set(['sender', 'recipient', 'timestamp', 'hop_context']);

/** One body brings several pages' events; `standby` is what another app answers. Throws BadRequest. */
export function translate(body: unknown, config: MessengerConfig): Inbound[] {
  const { entry } = parse(schema.body, body);
  const pieces = entry.flatMap(({ id: account, time: at, messaging, standby, changes }): Piece[] => {
    const piece = (raw: unknown, read: Piece['read']) => ({ raw, read, place: account, account, at });
    const heard = (silent?: true) => (raw: unknown) => piece(raw, () => eventsOf(raw, { account, at, silent }, config));
    const changed = (raw: (typeof changes)[number]) =>
      piece(raw, () => [ignored(raw.field, raw.value, { account, at })]);
    return [...messaging.map(heard()), ...standby.map(heard(true)), ...changes.map(changed)];
  });
  return each(pieces);
}

function ignored(what: string, data: unknown, where: Where): Inbound {
  const externalId = `${what}:${digest([where.account, where.at, data])}`;
  return { ...where, externalId, kind: 'ignored', what, data: bounded(data) };
}

function eventsOf(raw: unknown, { account, silent, ...where }: Where, config: MessengerConfig): Inbound[] {
  const event = parse(schema.event, raw, 'event.');
  const what = cut(Object.keys(raw as object).find((key) => !FRAME.has(key)) || 'nothing', 100);
  const base = { account, silent, at: event.timestamp ?? where.at };
  const from = event.message?.is_echo ? event.recipient?.id : event.sender?.id;
  if (!from || from === account) return [ignored(what, raw, base)];
  const person = { ...base, from, externalId: `${what}:${digest([account, raw])}` };
  if (event.message) return said(event.message, person, config);
  const kind = kindOf(event, person);
  return [kind ? { ...person, ...kind } : ignored(what, raw, base)];
}

function kindOf(event: z.infer<typeof schema.event>, { from, externalId }: Base): Kind | undefined {
  const { postback, message_edit: edit, reaction, delivery, read, referral, optin } = event;
  if (postback) {
    const { mid = externalId, title, payload = title ?? '' } = postback;
    const more = {
      trigger: 'menu',
      entry: entryOf(postback.referral),
      receipt: from,
      quoteToken: postback.mid,
    } as const;
    return { kind: 'message', externalId: mid, messageId: mid, content: tapped(payload, title), ...more };
  }
  if (edit) return { kind: 'edit', messageId: edit.mid, content: { type: 'text', text: edit.text } };
  if (reaction?.action === 'unreact') return { kind: 'notice', what: 'reaction/removed' };
  if (reaction)
    return { kind: 'notice', what: 'reaction', text: reaction.emoji ?? reaction.reaction, trigger: 'message' };
  // Ids where there are some: a watermark is a time of Meta's clock, not of ours.
  const arrived = delivery?.mids?.length ? { messageIds: delivery.mids } : { before: delivery?.watermark };
  if (delivery) return { kind: 'receipt', state: 'delivered', ...arrived };
  if (read) return { kind: 'receipt', state: 'read', before: read.watermark };
  if (referral) return { kind: 'wish', wish: 'enter', trigger: 'enter', entry: entryOf(referral) };
  // Consent to marketing is for templates of its own; that of a plugin opens the conversation.
  if (optin?.type) return { kind: 'notice', what: `optin/${cut(String(optin.type), 80)}` };
  return optin && { kind: 'wish', wish: 'enter', trigger: 'consent', entry: entryOf(optin) };
}

/** What a customer, or a colleague in Meta's own inbox, said. Our own words come back as well and are nothing new. */
function said(message: z.infer<typeof schema.message>, base: Base, { appId }: MessengerConfig): Inbound[] {
  const { mid, is_echo: echo, is_deleted: deleted, app_id, metadata, reply_to, referral } = message;
  if (echo && (metadata === MARK || (appId && app_id === appId))) return [];
  if (deleted && !echo) return [{ ...base, kind: 'recall', messageId: mid }];
  return contentsOf(message).map((content, i, { length: total }): Inbound => {
    const id = i === 0 ? mid : `${mid}/${i}`;
    const one = { ...base, externalId: id, messageId: id, content, quoted: reply_to?.mid };
    if (echo) return { ...one, kind: 'echo' };
    const trigger = content.type === 'action' ? 'menu' : undefined;
    const set = total > 1 ? { id: mid, index: i + 1, total } : undefined;
    return { ...one, kind: 'message', trigger, entry: entryOf(referral), quoteToken: mid, receipt: base.from, set };
  });
}
