import type { Content, Media } from '../../core/message.ts';
import { cut, safeName } from '../lib/text.ts';
import type { WebMessage } from './schema.ts';
import { cardOf } from './vcard.ts';

/** Kinds that carry nothing a person said: dropped without a trace (A5). */
export const SILENT: ReadonlySet<string> = new Set([
  'e2e_notification',
  'notification',
  'notification_template',
  'broadcast_notification',
  'group_notification',
  'gp2',
  'call_log',
  'ciphertext',
  'protocol',
  'debug',
  'revoked',
  // The frame around pictures that come one by one.
  'album',
]);

const MEDIA = {
  image: 'image',
  sticker: 'image',
  video: 'video',
  audio: 'voice',
  ptt: 'voice',
  document: 'file',
} as const;

/** What a message says, in our words; a caption is `caption`, because it is a message of its own with us. */
export function contentOf(message: WebMessage): { content: Content; caption?: string } {
  const { type, _data: data } = message;
  const body = message.body?.trim() ? message.body : undefined;
  if (Object.hasOwn(MEDIA, type)) {
    const content = { type: MEDIA[type as keyof typeof MEDIA], media: mediaOf(message) } as Content;
    // Documents repeat their name where there is no caption.
    return { content, caption: body && body !== data?.filename ? cut(body, 20_000) : undefined };
  }
  return { content: wordsOf(message, body) };
}

function wordsOf(message: WebMessage, body: string | undefined): Content {
  const { type, _data: data } = message;
  switch (type) {
    case 'chat':
      return body ? { type: 'text', text: cut(body, 20_000) } : unsupported(type);
    case 'list_response':
    case 'buttons_response':
    case 'template_button_reply': {
      const chosen = message.selectedRowId ?? message.selectedButtonId ?? data?.selectedButtonId ?? body;
      return chosen ? { type: 'action', data: cut(chosen, 2000), text: body && cut(body, 500) } : unsupported(type);
    }
    case 'location':
      return locationOf(message);
    case 'vcard':
    case 'multi_vcard':
      return cardOf(message.vCards ?? []) ?? unsupported(type);
    case 'order':
    case 'product':
    case 'poll_creation':
    case 'scheduled_event_creation':
    case 'event_creation':
    case 'groups_v4_invite':
      return sheetOf(message, body) ?? unsupported(type, body);
    default:
      return unsupported(type, body);
  }
}

const unsupported = (what: string, text?: string): Content => ({
  type: 'unsupported',
  what: cut(what, 100),
  text: text && cut(text, 20_000),
});

/** The file is fetched later by the message's id. A file that never comes to linked devices (seen once) has no path. */
function mediaOf(message: WebMessage): Media {
  const { id, hasMedia, _data: data } = message;
  const here = hasMedia !== false && !data?.isViewOnce;
  return {
    ...(here ? { source: id._serialized, state: 'fetching' as const } : { state: 'expired' as const }),
    name: safeName(data?.filename ?? undefined),
    mime: data?.mimetype ? cut(data.mimetype.split(';')[0]!.trim(), 127) : undefined,
    size: whole(data?.size),
    width: whole(data?.width) || undefined,
    height: whole(data?.height) || undefined,
    seconds:
      typeof data?.duration === 'number' && data.duration >= 0 && Number.isFinite(data.duration)
        ? data.duration
        : undefined,
  };
}

const whole = (value: number | null | undefined) =>
  typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? Math.round(value) : undefined;

function locationOf({ location, type }: WebMessage): Content {
  if (!location || Math.abs(location.latitude) > 90 || Math.abs(location.longitude) > 180) return unsupported(type);
  return {
    type: 'location',
    latitude: location.latitude,
    longitude: location.longitude,
    title: location.name ? cut(location.name, 300) : undefined,
    address: location.address ? cut(location.address, 500) : undefined,
  };
}

/** Orders, products, polls, dates: read like a card. Amounts come in thousandths. */
function sheetOf({ type, _data: data, orderId }: WebMessage, body: string | undefined): Content | undefined {
  const rows: { label: string; value: string }[] = [];
  const row = (label: string, value: unknown) => {
    if (value !== undefined && value !== null && value !== '') rows.push({ label, value: cut(String(value), 2000) });
  };
  const money = (amount: number | null | undefined, currency: string | null | undefined) =>
    typeof amount === 'number' ? `${(amount / 1000).toFixed(2)} ${currency ?? ''}`.trim() : undefined;
  row('order', orderId);
  row('items', data?.itemCount);
  row('total', money(data?.totalAmount1000, data?.totalCurrencyCode));
  row('product', data?.productId);
  row('price', money(data?.priceAmount1000, data?.currencyCode));
  row('group', data?.inviteGrpName);
  for (const [index, option] of (data?.pollOptions ?? []).entries()) row(String(index + 1), option.name);
  const title = data?.orderTitle ?? data?.title ?? data?.pollName ?? data?.eventName ?? data?.inviteGrpName ?? body;
  if (!title && !rows.length) return undefined;
  const text = data?.description ?? body;
  const url = data?.url && URL.canParse(data.url) && /^https?:/.test(data.url) ? data.url : undefined;
  return {
    type: 'card',
    title: cut(title || type, 300),
    text: text && text !== title ? cut(text, 2000) : undefined,
    url: url && url.length <= 2000 ? url : undefined,
    rows: rows.length ? rows.slice(0, 60) : undefined,
  };
}
