import type { Connector } from './connector.ts';
import { douyin } from './douyin/index.ts';
import { line } from './line/index.ts';
import { messenger } from './messenger/index.ts';
import { web } from './web/index.ts';
import { wechat, wechatMini } from './wechat/index.ts';
import { weibo } from './weibo/index.ts';
import { whatsapp } from './whatsapp/index.ts';
import { whatsappWeb } from './whatsapp-web/index.ts';

/** Every connector of the house by its name. A new channel is one folder and one line here. */
export const connectors: Readonly<Record<string, Connector>> = Object.fromEntries(
  [web, wechat, wechatMini, weibo, douyin, line, whatsapp, whatsappWeb, messenger].map((connector: Connector) => [
    connector.name,
    connector,
  ]),
);
