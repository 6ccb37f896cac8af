import { bounded } from '../lib/json.ts';
import { cut } from '../lib/text.ts';
import type { Told } from './inbound.ts';
import type { WeiboEvent } from './schema.ts';

/** Weibo's own words where nobody typed any: 关注事件消息, 订阅事件消息, 扫描二维码 … (weibo.md section 3). */
const BOILERPLATE = /事件消息$/;

/** What happened beside the messages (weibo.md sections 3 and 4). Unknown ones keep their name, as the wiki asks. */
export function eventKind(event: WeiboEvent, text: string | undefined, messageId: string): Told {
  const { subtype, key } = event;
  switch (subtype) {
    case 'follow':
      return { kind: 'contact', change: 'added', more: { trigger: 'follow' } };
    case 'subscribe':
      return { kind: 'contact', change: 'added', more: { trigger: 'follow', entry: keyword(text) } };
    case 'scan_follow':
      return { kind: 'contact', change: 'added', more: { trigger: 'scan', entry: scene(event) } };
    case 'unfollow':
    case 'unsubscribe':
      return { kind: 'contact', change: 'removed' };
    case 'scan':
      return {
        kind: 'notice',
        what: 'scan',
        text: key && cut(key, 500),
        more: { trigger: 'scan', entry: scene(event) },
      };
    case 'click':
      if (!key) break;
      return { kind: 'message', messageId, content: { type: 'action', data: key }, more: { trigger: 'menu' } };
    case 'view':
      return { kind: 'notice', what: 'view', text: key && cut(key, 500) };
  }
  return { kind: 'ignored', what: subtype, data: bounded(event) };
}

/** Whoever subscribed by private message is told by the word that was sent. */
function keyword(text: string | undefined): Record<string, string> | undefined {
  return text && !BOILERPLATE.test(text) ? { keyword: cut(text, 200) } : undefined;
}

/** What the QR code carried; the key has the form `action_scene`. */
function scene({ key, ticket }: WeiboEvent): Record<string, string> | undefined {
  if (!key && !ticket) return undefined;
  return { ...(key && { key: cut(key, 500) }), ...(ticket && { ticket: cut(ticket, 500) }) };
}
