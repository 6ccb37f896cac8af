import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { WechatAccount } from './accounts.ts';
import { answer, type WechatContext, type WechatEnv } from './answers.ts';
import { bubbleOf } from './bubbles.ts';
import { readMessage } from './messages.ts';
import type { Platform } from './platform.ts';

const addressed = z.object({ touser: z.string().min(1) });
const typed = z.object({ touser: z.string().min(1), command: z.enum(['Typing', 'CancelTyping']) });
/** Anything beyond ASCII written as an escape: WeChat wants it as it is (wechat.md §8). */
const ESCAPED = /\\u(?!00[0-7])[0-9a-f]{4}/i;
/** How long after an exchange typing can be shown, and how long it shows, in milliseconds. */
const TYPING = { withinMs: 30_000, lastsMs: 15_000 };

/** The send API: what may be sent to whom, when, and how often (wechat.md §8). */
export function messaging(platform: Platform, allowed: MiddlewareHandler<WechatEnv>): Hono<WechatEnv> {
  const { world, windows, faults, host } = platform;
  const app = new Hono<WechatEnv>();
  /** When the two last wrote, by account and person. */
  const typing = new BoundedMap<string, number>(2_000);

  app.post('/cgi-bin/message/custom/send', allowed, async (c) => {
    const text = await c.req.text();
    const account = c.get('account');
    const failed = send(account, text);
    if (failed !== 0) return answer(c, failed);
    if (faults.on('lostAnswer')) return c.html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502);
    return answer(c, 0);
  });

  function send(account: WechatAccount, text: string): number {
    if (text === '') return 44002;
    const body = parseJson(text);
    if (typeof body !== 'object' || body === null) return 47001;
    if (!isVerified(account, platform)) return 48001;
    if (ESCAPED.test(text)) return 40033;
    const openId = addressed.safeParse(body).data?.touser;
    if (openId === undefined) return 40003;
    const message = readMessage(body, account.kind);
    if (typeof message === 'number') return message;
    const reaches = platform.reaches(account, openId);
    if (reaches === 'unknown') return 40003;
    if (reaches === 'unfollowed' || faults.on('windowShut')) return 45015;
    if (faults.on('countUsedUp')) return 45047;
    const window = windows.state(account, openId);
    if (window !== 'open') return window === 'shut' ? 45015 : 45047;
    const bubble =
      faults.on('mediaGone') && 'media_id' in inner(message) ? 40007 : bubbleOf(message, account, platform);
    if (typeof bubble === 'number') return bubble;
    windows.spend(account, openId);
    typing.delete(`${account.appId} ${openId}`);
    platform.tell({ account, openId, bubble });
    return 0;
  }

  const showTyping = async (c: WechatContext) => {
    const account = c.get('account');
    const body = typed.safeParse(parseJson(await c.req.text()));
    if (!body.success) return answer(c, 45072);
    const { touser, command } = body.data;
    if (!isVerified(account, platform)) return answer(c, 48001);
    if (account.hidden) return answer(c, 45080);
    if (platform.reaches(account, touser) !== 'yes') return answer(c, 40003);
    const key = `${account.appId} ${touser}`;
    const now = host.now();
    if (command === 'CancelTyping') {
      typing.delete(key);
      world.setChat(account.appId, touser, { typingUntil: 0 });
      return answer(c, 0);
    }
    const last = world.chat(account.appId, touser).messages.at(-1);
    if (!last || last.at < now - TYPING.withinMs) return answer(c, 45080);
    if ((typing.get(key) ?? 0) > now) return answer(c, 45081);
    typing.set(key, now + TYPING.lastsMs);
    world.setChat(account.appId, touser, { typingUntil: now + TYPING.lastsMs });
    return answer(c, 0);
  };
  app.post('/cgi-bin/message/custom/typing', allowed, showTyping);
  // The address of mini-programs; official accounts have no such one, and neither has a `send` beside it.
  app.post('/cgi-bin/message/custom/business/typing', allowed, (c) =>
    c.get('account').kind === 'mini' ? showTyping(c) : answer(c, 40066),
  );
  return app;
}

/** Only verified official accounts have the send API; mini-programs always. */
export function isVerified({ kind, hidden }: WechatAccount, { faults }: Platform): boolean {
  if (kind === 'mini' || hidden) return true;
  return kind === 'service' && !faults.on('unverified');
}

const inner = (message: { msgtype: string }): object => {
  const part = (message as unknown as Record<string, unknown>)[message.msgtype];
  return typeof part === 'object' && part !== null ? part : {};
};
