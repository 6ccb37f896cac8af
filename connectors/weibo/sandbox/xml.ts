import { readTime } from '../time.ts';

/** The WeChat-compatible form an account can be set to (weibo.md section 3); enough of it to be refused for what it is. */
export function xmlOf(push: Record<string, unknown>): Uint8Array {
  const fields = {
    ToUserName: push.receiver_id,
    FromUserName: push.sender_id,
    CreateTime: (readTime(String(push.created_at)) ?? 0) / 1000,
    MsgType: push.type,
    Content: push.text,
  };
  const cdata = (value: unknown) => `<![CDATA[${String(value).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  const parts = Object.entries(fields).map(([name, value]) => `<${name}>${cdata(value)}</${name}>`);
  return new TextEncoder().encode(`<xml>${parts.join('')}</xml>`);
}
