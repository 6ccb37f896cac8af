import type { Component } from './components.ts';

/** What was entered at the Open Platform: 授权事件接收URL, and 消息与事件接收URL in which WeChat puts the account's AppID. */
export const PATHS = { events: '/events', messages: '/$APPID$/message' };

export function urls({ url }: Component): { events: string; messages(appId: string): string } {
  return { events: url + PATHS.events, messages: (appId) => url + PATHS.messages.replace('$APPID$', appId) };
}
