import { z } from 'zod';
import type { Profile } from '../../core/inbound.ts';
import type { Tools } from '../connector.ts';
import { Misconfigured, Refused } from '../errors.ts';
import { cut } from '../lib/text.ts';
import { must } from './api.ts';
import { maySend, type WechatConfig } from './config.ts';
import { isOpenId } from './ids.ts';

const some = z.preprocess(
  (value) => (value === '' || value === null ? undefined : typeof value === 'number' ? String(value) : value),
  z.string().optional().catch(undefined),
);
const person = z.object({
  subscribe: z.coerce.number().optional().catch(undefined),
  unionid: some,
  remark: some,
  subscribe_scene: some,
  qr_scene_str: some,
  subscribe_time: some,
});
/** Shown on the contact's card under WeChat's own names. */
const MORE = ['unionid', 'remark', 'subscribe_scene', 'qr_scene_str', 'subscribe_time'] as const;

/** WeChat tells neither names nor pictures (since December 2021): a name that tells people apart. */
export const nameFor = (openId: string): string => `微信用户 ·${openId.slice(-6)}`;

/**
 * What WeChat still says of a follower: how he came, and the id that is the same in all accounts of one owner. That id
 * comes late and may change, so it is something known about him, not who he is (channels/wechat.md §11).
 */
export async function profile(from: string, config: WechatConfig, tools: Tools): Promise<Profile | null> {
  if (!isOpenId(from)) return null;
  const name = nameFor(from);
  if (!maySend(config)) return { name };
  const request = { path: '/cgi-bin/user/info', query: { openid: from, lang: 'zh_CN' } };
  const json = await must(request, config, tools).catch((error: unknown) => {
    // Not every account may ask; then the name is all.
    if (error instanceof Refused || (error instanceof Misconfigured && MAY_NOT_ASK.has(error.code))) return undefined;
    throw error;
  });
  const known = person.safeParse(json).data;
  if (!known) return { name };
  const more = Object.fromEntries(
    MORE.flatMap((key) => {
      const value = known[key];
      return value ? [[key, cut(value, 500)]] : [];
    }),
  );
  return { name, more: Object.keys(more).length > 0 ? more : undefined };
}
const MAY_NOT_ASK = new Set(['send_api_unavailable', 'permission_missing']);

/** Mini-programs have nobody to ask. */
export async function miniProfile(from: string): Promise<Profile | null> {
  return isOpenId(from) ? { name: nameFor(from) } : null;
}
