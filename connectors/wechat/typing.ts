import type { Tools } from '../connector.ts';
import { call, NoAnswer } from './api.ts';
import type { WechatConfig } from './config.ts';
import { isOpenId } from './ids.ts';
import type { Kind } from './outbound.ts';

/** The current pages name another path for mini-programs; where that one is not there, the older one is (channels/wechat.md §8). */
const PATHS: Record<Kind, readonly string[]> = {
  account: ['/cgi-bin/message/custom/typing'],
  mini: ['/cgi-bin/message/custom/business/typing', '/cgi-bin/message/custom/typing'],
};
/** Clear words about the act itself: out of time (45080), shown already (45081), mode (45072). Another path would say the same. */
const HEARD = new Set([0, 45072, 45080, 45081]);

/** Shows "正在输入" for 15 seconds. Nothing that goes wrong here matters to the conversation. */
export function typingWith(kind: Kind) {
  return async (to: string, config: WechatConfig, tools: Tools): Promise<void> => {
    if (!isOpenId(to)) return;
    for (const path of PATHS[kind]) {
      const answer = await call({ path, json: { touser: to, command: 'Typing' } }, config, tools).catch((error) => {
        if (error instanceof NoAnswer) return undefined;
        throw error;
      });
      if (answer?.errcode !== undefined && HEARD.has(answer.errcode)) return;
    }
  };
}
