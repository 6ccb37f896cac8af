import { Hono } from 'hono';
import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import { fail, invalid, type LineEnv, WORDS } from './answers.ts';
import { isOurPerson } from './people.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

const endpoint = z.object({ endpoint: z.string().min(1).max(500) });
const loading = z.object({ chatId: z.string(), loadingSeconds: z.int().min(5).max(60).multipleOf(5).default(20) });
const marking = z.object({ markAsReadToken: z.string().min(1) });

/** The account itself, its webhook, its people, read marks and dots (line.md sections 1, 10, 11). */
export function accountApi(platform: Platform, webhooks: Webhooks, publish: () => void): Hono<LineEnv> {
  const { world, handles, faults, host } = platform;
  const app = new Hono<LineEnv>();
  const avatarOf = (id: string) => `${host.url}/avatars/${id}.png`;

  app.get('/v2/bot/info', (c) => {
    const { userId, basicId, name } = c.get('account');
    return c.json({
      userId,
      basicId,
      displayName: name,
      pictureUrl: avatarOf(userId),
      chatMode: 'chat',
      markAsReadMode: faults.on('autoRead') ? 'auto' : 'manual',
    });
  });

  app.get('/v2/bot/channel/webhook/endpoint', (c) => {
    const { callbackUrl } = c.get('account');
    if (!callbackUrl) return fail(c, 404, WORDS.notFound);
    return c.json({ endpoint: callbackUrl, active: !faults.on('webhookOff') });
  });
  app.put('/v2/bot/channel/webhook/endpoint', async (c) => {
    const body = endpoint.safeParse(parseJson(await c.req.text()));
    if (!body.success || !isCallback(body.data.endpoint, host.url))
      return invalid(c, [{ message: 'Invalid webhook endpoint URL', property: 'endpoint' }]);
    c.get('account').callbackUrl = body.data.endpoint;
    publish();
    return c.json({});
  });
  app.post('/v2/bot/channel/webhook/test', async (c) => {
    const account = c.get('account');
    const url = endpoint.safeParse(parseJson(await c.req.text())).data?.endpoint ?? account.callbackUrl;
    if (!url || !isCallback(url, host.url)) return fail(c, 400, 'The webhook endpoint URL is not set');
    const { status, error } = await webhooks.test(account, url);
    const success = status === 200;
    const reason = success
      ? 'OK'
      : error === 'timeout'
        ? 'REQUEST_TIMEOUT'
        : error
          ? 'COULD_NOT_CONNECT'
          : 'ERROR_STATUS_CODE';
    return c.json({
      success,
      timestamp: new Date(host.now()).toISOString(),
      statusCode: status,
      reason,
      detail: success ? '200' : String(status || error),
    });
  });

  app.get('/v2/bot/profile/:id', (c) => {
    const id = c.req.param('id');
    const person =
      world.person(id) ?? (isOurPerson(host.seed, id) ? { id, name: `Guest ${id.slice(1, 5)}` } : undefined);
    const known = world.person(id) !== undefined;
    if (!person || (known && !world.chat(c.get('account').userId, id).following)) return fail(c, 404, WORDS.notFound);
    return c.json({ userId: id, displayName: person.name, pictureUrl: avatarOf(id) });
  });

  app.post('/v2/bot/chat/markAsRead', async (c) => {
    const body = marking.safeParse(parseJson(await c.req.text()));
    const said = body.success ? handles.readable(body.data.markAsReadToken, c.get('account').userId) : undefined;
    if (!said) return invalid(c, [{ message: 'Invalid mark as read token', property: 'markAsReadToken' }]);
    world.read(said.account, said.person, said.messageId);
    return c.json({});
  });
  app.post('/v2/bot/chat/loading/start', async (c) => {
    const body = loading.safeParse(parseJson(await c.req.text()));
    if (!body.success)
      return invalid(c, [{ message: 'Must be a multiple of 5 between 5 and 60', property: 'loadingSeconds' }]);
    const { chatId, loadingSeconds } = body.data;
    if (!world.person(chatId))
      return fail(c, 400, "The property, 'chatId', in the request body is invalid (line: -, column: -)");
    world.setChat(c.get('account').userId, chatId, { typingUntil: host.now() + loadingSeconds * 1000 });
    return c.json({}, 202);
  });
  return app;
}

/** LINE takes https only; a bench has no certificate for its own machine, and we are our own address. */
function isCallback(address: string, own: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'https:' || origin === new URL(own).origin) return true;
  return protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
