import type { InboundBase, InboundKind } from '../../core/inbound.ts';
import { bounded } from '../lib/json.ts';
import { cut } from '../lib/text.ts';
import { keyOf, nameOf } from './key.ts';
import type { Push } from './schema.ts';
import * as schema from './schema.ts';

/** What an event is, and what it brings beside: the right it opens, the way the customer came, who it is about. */
export type Told = InboundKind & Pick<InboundBase, 'trigger' | 'entry' | 'profile' | 'from'>;

/** Every event of the reference has a meaning; what is not there keeps its name (channels/wechat.md §5). */
export function toEvent(push: Push): Told {
  const name = nameOf(push);
  const event = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined;
  return event?.(push) ?? { kind: 'ignored', what: cut(push.Event ?? push.MsgType, 200), data: bounded(own(push)) };
}

const MEANINGS: Record<string, (push: Push) => Told | undefined> = {
  subscribe: (push) => ({ kind: 'contact', change: 'added', trigger: 'follow', entry: cameBy(push) }),
  unsubscribe: () => ({ kind: 'contact', change: 'removed' }),
  // Somebody who follows already: he comes in again, by that code.
  scan: (push) => ({ kind: 'wish', wish: 'enter', trigger: 'scan', entry: cameBy(push) }),
  user_enter_tempsession: (push) => {
    const { SessionFrom } = schema.entered.parse(push);
    const entry = SessionFrom ? { sessionFrom: cut(SessionFrom, 1000) } : undefined;
    return { kind: 'wish', wish: 'enter', trigger: 'enter', entry };
  },
  click: (push) => tapped(push),
  scancode_push: (push) => tapped(push, schema.scanned.parse(push).ScanCodeInfo?.ScanResult),
  scancode_waitmsg: (push) => tapped(push, schema.scanned.parse(push).ScanCodeInfo?.ScanResult),
  view: (push) => notice(push, push.EventKey),
  view_miniprogram: (push) => notice(push, push.EventKey),
  pic_sysphoto: (push) => notice(push, count(push)),
  pic_photo_or_album: (push) => notice(push, count(push)),
  pic_weixin: (push) => notice(push, count(push)),
  location_select: (push) => {
    const { SendLocationInfo } = schema.place.parse(push);
    return notice(push, [SendLocationInfo?.Poiname, SendLocationInfo?.Label].filter(Boolean).join(' '));
  },
  location: (push) => {
    // It may come every five seconds: a line on the contact's card, never one in the conversation.
    const { Latitude, Longitude } = schema.whereabouts.parse(push);
    const known = Latitude !== undefined && Longitude !== undefined;
    return {
      kind: 'ignored',
      what: 'LOCATION',
      profile: known ? { more: { location: `${Latitude},${Longitude}` } } : undefined,
    };
  },
  templatesendjobfinish: (push) => {
    const { MsgID, Status } = schema.job.parse(push);
    return MsgID ? delivered(MsgID, Status === 'success' ? undefined : (Status ?? 'failed')) : undefined;
  },
  subscribe_msg_sent_event: (push) => {
    const { SubscribeMsgSentEvent, List } = schema.subscriptionSent.parse(push);
    const sent = [...(SubscribeMsgSentEvent?.List ?? []), ...List][0];
    if (!sent?.MsgID) return undefined;
    const good = sent.ErrorCode === undefined || Number(sent.ErrorCode) === 0;
    return delivered(sent.MsgID, good ? undefined : (sent.ErrorStatus ?? 'failed'), sent.ErrorCode);
  },
  subscribe_msg_popup_event: (push) => notice(push, consents(push)),
  subscribe_msg_change_event: (push) => notice(push, consents(push)),
  kf_create_session: (push) => notice(push, schema.desk.parse(push).KfAccount),
  kf_close_session: (push) => {
    const { KfAccount, CloseType } = schema.desk.parse(push);
    return notice(push, [KfAccount, CloseType].filter(Boolean).join(' '));
  },
  kf_switch_session: (push) => {
    const { FromKfAccount, ToKfAccount } = schema.desk.parse(push);
    return notice(push, [FromKfAccount, ToKfAccount].filter(Boolean).join(' → '));
  },
  user_authorization_revoke: withdrawal,
  user_info_modified: withdrawal,
};

/** A code's scene, an order or a bar code: what the customer came by, as WeChat prefixes it. */
function cameBy(push: Push): Record<string, string> | undefined {
  const { EventKey, Ticket } = schema.ticketed.parse(push);
  const entry: Record<string, string> = {};
  if (EventKey?.startsWith('last_trade_no_')) entry.tradeNo = cut(EventKey.slice('last_trade_no_'.length), 200);
  else if (EventKey?.startsWith('scanbarcode|')) entry.barcode = cut(EventKey.slice('scanbarcode|'.length), 200);
  else if (EventKey?.startsWith('qrscene_')) entry.scene = cut(EventKey.slice('qrscene_'.length), 200);
  else if (EventKey) entry[nameOf(push) === 'scan' ? 'scene' : 'eventKey'] = cut(EventKey, 200);
  if (Ticket) entry.ticket = cut(Ticket, 500);
  return Object.keys(entry).length > 0 ? entry : undefined;
}

/** A menu item was tapped: the customer said what it stands for. */
function tapped(push: Push, text?: string): Told {
  const data = cut(push.EventKey ?? nameOf(push), 2000);
  return {
    kind: 'message',
    messageId: keyOf(push),
    content: { type: 'action', data, text: text && cut(text, 500) },
    trigger: 'menu',
  };
}

/** A message of another kind (template, subscription) arrived or did not; `failure` in WeChat's words. */
function delivered(messageId: string, failure: string | undefined, code = 'failed'): Told {
  const messageIds = [cut(messageId, 100)];
  return failure === undefined
    ? { kind: 'receipt', state: 'delivered', messageIds }
    : { kind: 'receipt', state: 'failed', messageIds, error: { code: cut(code, 60), text: cut(failure, 500) } };
}

function consents(push: Push): string {
  const { SubscribeMsgPopupEvent, SubscribeMsgChangeEvent, List } = schema.subscription.parse(push);
  return [...(SubscribeMsgPopupEvent?.List ?? []), ...(SubscribeMsgChangeEvent?.List ?? []), ...List]
    .map(({ TemplateId, SubscribeStatusString }) => [TemplateId, SubscribeStatusString].filter(Boolean).join(': '))
    .join(', ');
}

const count = (push: Push) => schema.pictures.parse(push).SendPicsInfo?.Count;

/** The customer took back what he allowed; the person stands in a field of its own. */
function withdrawal(push: Push): Told {
  const { OpenID, openid, RevokeInfo } = schema.withdrawn.parse(push);
  const from = OpenID ?? openid;
  return { ...notice(push, RevokeInfo), ...(from && { from: cut(from, 100) }) };
}

function notice(push: Push, text: string | undefined): Told {
  return { kind: 'notice', what: cut(push.Event ?? push.MsgType, 200), text: text ? cut(text, 1000) : undefined };
}

/** What is the event's own: all but who, when and what. */
function own(push: Push): unknown {
  const { ToUserName: _, FromUserName: __, CreateTime: ___, MsgType: ____, Event: _____, ...rest } = push;
  return rest;
}
