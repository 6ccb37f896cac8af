import { Hono } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import { QUOTA } from './accounts.ts';
import { fail, invalid, type LineContext, type LineEnv, requestId, WORDS } from './answers.ts';
import { bubbleOf } from './bubbles.ts';
import { type LineMessage, readMessages } from './messages.ts';
import { isOurPerson } from './people.ts';
import type { Platform } from './platform.ts';

const shape = z.object({ replyToken: z.string().optional(), to: z.string().optional(), messages: z.unknown() });
const QUOTABLE = new Set(['text', 'textV2', 'sticker', 'image', 'video', 'template', 'flex']);

/** Reply, push and what they cost (line.md sections 7 and 8). */
export function messaging(platform: Platform): Hono<LineEnv> {
  const { world, handles, faults, accepted } = platform;
  const app = new Hono<LineEnv>();

  app.post('/v2/bot/message/reply', async (c) => {
    const account = c.get('account');
    const body = await read(c, platform);
    if (body instanceof Response) return body;
    if (!body.replyToken) return invalid(c, [{ message: 'May not be empty', property: 'replyToken' }]);
    const place = handles.spend(body.replyToken, account.userId);
    if (!place || faults.on('replyTokensDead')) return fail(c, 400, WORDS.replyToken);
    if (faults.on('rateLimited')) return fail(c, 429, WORDS.rate);
    return say(c, platform, place.person, body.messages);
  });

  app.post('/v2/bot/message/push', async (c) => {
    const account = c.get('account');
    const key = c.req.header('x-line-retry-key');
    if (key !== undefined && !z.uuid().safeParse(key).success) return fail(c, 400, 'The retry key is not a UUID');
    const before = key && accepted.get(`${account.userId} ${key}`);
    if (before) {
      c.header('x-line-accepted-request-id', before.requestId);
      return fail(c, 409, WORDS.conflict, { sentMessages: before.sentMessages });
    }
    const body = await read(c, platform);
    if (body instanceof Response) return body;
    if (!body.to || !/^[UCR][0-9a-f]{32}$/.test(body.to))
      return fail(c, 400, "The property, 'to', in the request body is invalid (line: -, column: -)");
    if (faults.on('rateLimited')) return fail(c, 429, WORDS.rate);
    if (faults.on('quotaUsedUp') || account.used >= QUOTA) return fail(c, 429, WORDS.quota);
    if (isOurPerson(platform.host.seed, body.to) && !world.person(body.to)) remember(platform, account.userId, body.to);
    if (!world.person(body.to) || !world.chat(account.userId, body.to).following) return fail(c, 400, WORDS.notSent);
    account.used++;
    return say(c, platform, body.to, body.messages, key);
  });

  app.get('/v2/bot/message/quota', (c) => c.json({ type: 'limited', value: QUOTA }));
  app.get('/v2/bot/message/quota/consumption', (c) =>
    c.json({ totalUsage: faults.on('quotaUsedUp') ? QUOTA : c.get('account').used }),
  );
  return app;
}

/** Somebody we met before the last start: still a friend, only without the old words. */
function remember(platform: Platform, account: string, id: string): void {
  platform.world.putPerson({ id, name: `Guest ${id.slice(1, 5)}` });
  platform.world.setChat(account, id, { following: true });
}

interface Body {
  replyToken?: string;
  to?: string;
  messages: LineMessage[];
}

async function read(c: LineContext, platform: Platform): Promise<Body | Response> {
  const body = shape.safeParse(parseJson(await c.req.text()));
  if (!body.success) return fail(c, 400, 'The request body could not be parsed as JSON');
  const result = readMessages(body.data.messages, (url) => isFetchable(url, platform.host.url));
  if ('details' in result) return invalid(c, result.details);
  return { ...body.data, messages: result.messages };
}

/** LINE fetches https only. On a bench without a certificate the hub's own address is let through. */
function isFetchable(address: string, own: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname } = new URL(address);
  return (
    protocol === 'https:' || host === new URL(own).host || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  );
}

function say(c: LineContext, platform: Platform, person: string, messages: LineMessage[], key?: string): Response {
  const { world, handles, host, nextId, faults, accepted } = platform;
  const { userId } = c.get('account');
  const place = { account: userId, person };
  const quotes = messages.map((message) => ('quoteToken' in message ? message.quoteToken : undefined));
  const bad = quotes.findIndex((token) => token !== undefined && handles.quoted(token, place) === undefined);
  if (bad >= 0) return invalid(c, [{ message: 'Invalid quote token', property: `messages[${bad}].quoteToken` }]);
  const sentMessages = messages.map((message, i) => {
    const id = nextId();
    const token = quotes[i];
    world.put(userId, person, {
      id,
      who: 'account',
      at: host.now(),
      bubble: bubbleOf(message),
      quote: token && handles.quoted(token, place),
    });
    return { id, quoteToken: QUOTABLE.has(message.type) ? handles.quote({ ...place, messageId: id }) : undefined };
  });
  world.setChat(userId, person, { typingUntil: 0 });
  if (key) accepted.set(`${userId} ${key}`, { requestId: requestId(), sentMessages });
  if (faults.on('lostAnswer')) return fail(c, 500, 'Internal Server Error');
  return c.json({ sentMessages });
}
