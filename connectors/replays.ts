import { douyinReplay } from './douyin/replay.ts';
import { lineReplay } from './line/replay.ts';
import { messengerReplay } from './messenger/replay.ts';
import type { Replay } from './replay.ts';
import { webReplay } from './web/replay.ts';
import { wechatMiniReplay, wechatReplay } from './wechat/replay.ts';
import { weiboReplay } from './weibo/replay.ts';
import { whatsappReplay } from './whatsapp/replay.ts';

/** Connectors whose recordings can be replayed: one line each. */
export const replays: Readonly<Record<string, Replay>> = {
  web: webReplay,
  line: lineReplay,
  wechat: wechatReplay,
  'wechat-mini': wechatMiniReplay,
  weibo: weiboReplay,
  douyin: douyinReplay,
  whatsapp: whatsappReplay,
  messenger: messengerReplay,
};
