import { z } from 'zod';
import type { Profile } from '../../core/inbound.ts';
import type { Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { cut } from '../lib/text.ts';
import { ask } from './ask.ts';
import type { WeiboConfig } from './config.ts';
import { isId } from './ids.ts';
import { findToken } from './token.ts';

const word = z.string().min(1).optional().catch(undefined);
const shape = z.object({
  nickname: word,
  headimgurl: word,
  language: word,
  sex: z.coerce.string().optional().catch(undefined),
  province: word,
  city: word,
});

/** Name, picture and place of a fan who wrote or follows; `null` for others, and for accounts without a token (weibo.md section 8). */
export async function profile(from: string, config: WeiboConfig, tools: Tools): Promise<Profile | null> {
  const token = isId(from) && (await findToken(config, tools));
  if (!token) return null;
  const json = await ask(
    { method: 'GET', host: 'api', path: '/2/eps/user/info.json', query: { access_token: token, uid: from } },
    tools,
  ).then(
    (answer) => answer.json,
    (error: unknown) => {
      if (error instanceof Refused) return undefined;
      throw error;
    },
  );
  const fan = shape.safeParse(json).data;
  if (!fan?.nickname) return null;
  const more = Object.entries({ sex: sexOf(fan.sex), province: fan.province, city: fan.city });
  const told = more.flatMap(([name, value]): [string, string][] => (value ? [[name, cut(value, 100)]] : []));
  return {
    name: cut(fan.nickname, 200),
    avatar: pictureOf(fan.headimgurl),
    language: fan.language,
    more: told.length > 0 ? Object.fromEntries(told) : undefined,
  };
}

/** 1 and 2 as at WeChat, m and f as in Weibo's other calls. */
function sexOf(sex: string | undefined): string | undefined {
  if (sex === '1' || sex === 'm') return '男';
  return sex === '2' || sex === 'f' ? '女' : undefined;
}

/** Weibo still writes http for pictures that are there by https too; a page by https would not show them. */
function pictureOf(url: string | undefined): string | undefined {
  if (!url || url.length > 2000 || !URL.canParse(url)) return undefined;
  const address = new URL(url);
  if (address.hostname.endsWith('.sinaimg.cn')) address.protocol = 'https:';
  return /^https?:$/.test(address.protocol) ? address.href : undefined;
}
