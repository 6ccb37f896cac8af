import { createHmac } from 'node:crypto';

/** Webhooks of LINE, about 600 bytes, as LINE sends them for a text; only ids, words and times differ. */

/** The user of this number: `U` and 32 hexadecimal digits. */
export const userOf = (number: number): string => `U${'b'.repeat(24)}${number.toString(16).padStart(8, '0')}`;
/** The reply token that goes with a message; LINE's are 32 characters. */
export const tokenOf = (messageId: string): string => `t${messageId}`.padEnd(32, 'k');

const QUOTE = `q3Plxr4AgKd${'x'.repeat(70)}`;
/** A question of ordinary length in two languages, without a word any rule waits for. */
export const QUESTION = '你好，我上周买的耳机左边没有声音了，Can I send it back and get a new one? 谢谢，等你们回复。';
/** What the keyword rule of the benches waits for. */
export const KEYWORD = '价格';

/** The body. `messageId`: digits, unique for ever. `redelivered`: sent before, LINE says so. */
export function bodyOf(user: string, messageId: string, text: string, redelivered = false): string {
  return (
    `{"destination":"U${'0'.repeat(32)}","events":[{"type":"message","message":{"type":"text","id":"${messageId}","quoteToken":"${QUOTE}","text":"${text}"},` +
    `"webhookEventId":"01${messageId.padStart(24, '0')}","deliveryContext":{"isRedelivery":${redelivered}},"timestamp":${Date.now()},` +
    `"source":{"type":"user","userId":"${user}"},"replyToken":"${tokenOf(messageId)}","mode":"active"}]}`
  );
}

/** The whole signed request. */
export function webhook(path: string, secret: string, body: string): Buffer {
  const bytes = Buffer.from(body);
  const mac = createHmac('sha256', secret).update(bytes).digest('base64');
  return Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json; charset=utf-8\r\nuser-agent: LineBotWebhook/2.0\r\nx-line-signature: ${mac}\r\ncontent-length: ${bytes.length}\r\n\r\n`,
    ),
    bytes,
  ]);
}
