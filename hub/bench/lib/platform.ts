import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { atEnd } from './stage.ts';

/** A message that the customer got to see. `key`: the retry key of a push, the token of a reply. */
export interface Seen {
  how: 'reply' | 'push';
  key: string;
  to: string;
  texts: string[];
}

/**
 * LINE's API as far as a hub under load uses it, answering at once: a reply token is good once, a push under a retry key
 * that was accepted before is answered 409 and not delivered again.
 */
export async function linePlatform(): Promise<{ url: string; seen: Seen[]; refused: { token: number; key: number } }> {
  const seen: Seen[] = [];
  const refused = { token: 0, key: 0 };
  const used = new Set<string>();
  let sent = 0;
  const take = (how: Seen['how'], key: string, body: { to?: string; messages: { text?: string }[] }) => {
    used.add(key);
    seen.push({ how, key, to: body.to ?? '', texts: body.messages.map((message) => message.text ?? '') });
    return {
      sentMessages: body.messages.map(() => ({ id: String(4_000_000_000_000 + ++sent), quoteToken: `q${sent}` })),
    };
  };
  const server = createServer((asked, answer) => {
    let text = '';
    asked.setEncoding('utf8');
    asked.on('data', (part: string) => (text += part));
    asked.on('end', () => {
      const say = (status: number, value: object) => {
        const bytes = JSON.stringify(value);
        answer
          .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(bytes) })
          .end(bytes);
      };
      const body = text ? JSON.parse(text) : {};
      if (asked.url === '/v2/bot/message/reply') {
        if (!used.has(body.replyToken)) return say(200, take('reply', body.replyToken, body));
        refused.token++;
        return say(400, { message: 'Invalid reply token' });
      }
      if (asked.url === '/v2/bot/message/push') {
        const key = String(asked.headers['x-line-retry-key']);
        if (!used.has(key)) return say(200, take('push', key, body));
        refused.key++;
        return say(409, { message: 'The retry key is already accepted' });
      }
      const profile = /^\/v2\/bot\/profile\/(.+)$/.exec(asked.url ?? '');
      return profile
        ? say(200, { userId: profile[1], displayName: `Customer ${profile[1]!.slice(-4)}`, language: 'en' })
        : say(200, {});
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, refused };
}
