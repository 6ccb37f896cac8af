import type { Inbound, Profile } from '../../core/inbound.ts';
import { cut } from '../lib/text.ts';
import { toToken } from './right.ts';
import type { Talk } from './schema.ts';

/** Milliseconds; 0 where Douyin tells no time, and the time of arrival is put in. */
export function timeOf({ create_time, index }: Talk): number {
  if (create_time && create_time <= 8.64e15) return create_time;
  return millisecondsOf(index) ?? 0;
}

/** `index` counts microseconds, as number or text. */
export function millisecondsOf(index: string | undefined): number | undefined {
  return index && /^1\d{15}$/.test(index) ? Math.floor(Number(index) / 1000) : undefined;
}

/** Where Douyin tells no time the ledger alone says when the right ends; the token must not end before it. */
const FAR = 4_102_444_800_000;

export function rightOf(scene: 'im_reply_msg' | 'im_enter_direct_msg', talk: Talk, until: number): Inbound['reply'] {
  const { server_message_id: messageId, conversation_short_id: conversation } = talk;
  if (!messageId || !conversation) return undefined;
  const end = timeOf(talk) > 0 ? until : FAR;
  return { token: toToken({ scene, messageId, conversation, until: end }), until: end };
}

/** Name and face are told here and nowhere else. */
export function profileOf({ user_infos }: Talk, from: string): Profile | undefined {
  const person = user_infos.find(({ open_id }) => open_id === from);
  const name = person?.nick_name?.trim();
  const avatar = person?.avatar;
  const face =
    avatar && avatar.length <= 2000 && /^https:\/\//.test(avatar) && URL.canParse(avatar) ? avatar : undefined;
  return name || face ? { name: name ? cut(name, 200) : undefined, avatar: face } : undefined;
}
