import { EVENT_PATH, MESSAGE_PATH } from '../open/receive.ts';
import type { Component } from './components.ts';

/** What was entered at the Open Platform: 授权事件接收URL, and 消息与事件接收URL in which WeChat puts the account's AppID. */
export function urls({ url }: Component): { events: string; messages(appId: string): string } {
  return { events: url + EVENT_PATH, messages: (appId) => url + MESSAGE_PATH.replace('$APPID$', appId) };
}
