import { PhoneRefusal } from '../../lib/phone/model.ts';
import { derived } from '../../lib/sandbox/ids.ts';
import type { Platform } from './platform.ts';

/** An act of a fan's as Weibo pushes it; `said` is shown on the phone where it was words. */
export interface Act {
  type: 'event' | 'mention';
  text: string;
  data: Record<string, unknown>;
  said?: string;
}

/** What a fan can do beside writing, and what it does to the right to answer (weibo.md sections 3 and 5). */
export function acts(
  action: string,
  value: string | undefined,
  { account, person }: { account: string; person: string },
  { windows, world, nextId, host }: Platform,
): Act {
  switch (action) {
    case 'mention':
    case 'comment': {
      const text = value ?? '@';
      windows.mention(account, person);
      const data = { subtype: action === 'mention' ? 'status' : 'comment', key: nextId() };
      return { type: 'mention', text, data, said: text };
    }
    case 'scan': {
      const isNew = !world.chat(account, person).following;
      if (isNew) world.setChat(account, person, { following: true });
      windows.open(account, person);
      const ticket = derived(host.seed, 'weibo', 'ticket', value ?? '').slice(0, 32);
      const data = { subtype: isNew ? 'scan_follow' : 'scan', key: value, ticket };
      return { type: 'event', text: '扫描二维码', data };
    }
    case 'view':
      return { type: 'event', text: '自定义菜单跳转链接事件消息', data: { subtype: 'view', key: value } };
    case 'subscribe':
      windows.open(account, person);
      return { type: 'event', text: value ?? '订阅事件消息', data: { subtype: 'subscribe' } };
    case 'unsubscribe':
      windows.close(account, person);
      return { type: 'event', text: '取消订阅事件消息', data: { subtype: 'unsubscribe' } };
    default:
      throw new PhoneRefusal('not_found', 'No such action.');
  }
}
