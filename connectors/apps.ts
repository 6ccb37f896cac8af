import type { AppKind } from './app.ts';
import { douyinApp } from './douyin/app.ts';
import { wechatOpen } from './wechat/open/index.ts';
import { weiboApp } from './weibo/app.ts';

/** Every kind of app accounts can be connected through, by its name: one line each. */
export const apps: Readonly<Record<string, AppKind>> = Object.fromEntries(
  ([wechatOpen, weiboApp, douyinApp] as AppKind[]).map((app) => [app.name, app]),
);
