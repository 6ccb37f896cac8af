import { douyinSandbox } from './douyin/sandbox.ts';
import { lineSandbox } from './line/sandbox.ts';
import { messengerSandbox } from './messenger/sandbox.ts';
import { paySandbox } from './pay/sandbox.ts';
import type { Sandbox, SandboxHost } from './sandbox.ts';
import { wechatSandbox } from './wechat/sandbox.ts';
import { weiboSandbox } from './weibo/sandbox.ts';
import { whatsappSandbox } from './whatsapp/sandbox.ts';
import { whatsappWebSandbox } from './whatsapp-web/sandbox.ts';

/** Every platform we can play ourselves, by its connector's name. Load this file only where the sandbox is on. */
export const sandboxes: Readonly<Record<string, (host: SandboxHost) => Sandbox>> = {
  line: lineSandbox,
  wechat: wechatSandbox,
  weibo: weiboSandbox,
  douyin: douyinSandbox,
  pay: paySandbox,
  whatsapp: whatsappSandbox,
  'whatsapp-web': whatsappWebSandbox,
  messenger: messengerSandbox,
};
