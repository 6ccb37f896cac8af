import { Hono } from 'hono';
import { fail } from '../../lib/graph/sandbox/answers.ts';
import { admitted, watched } from '../../lib/graph/sandbox/door.ts';
import * as account from './account-api.ts';
import type { WhatsAppAccount } from './accounts.ts';
import * as media from './media-api.ts';
import { messaging } from './messaging.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

type Env = { Variables: { account: WhatsAppAccount } };

/** graph.facebook.com and the download host, told apart by their first folder as the real ones by their name. */
export function api(platform: Platform, webhooks: Webhooks, changed: () => void): Hono<Env> {
  const app = new Hono<Env>();
  app.use('/graph/*', watched(platform));
  app.use('/lookaside/*', watched(platform));
  for (const path of ['/graph/*', '/lookaside/*'])
    app.use(path, async (c, next) => {
      const who = admitted(c, platform, (token) => platform.accounts.byToken(token));
      if ('failure' in who) return who.failure;
      c.set('account', who.account);
      return next();
    });
  app.use('/graph/:version/*', async (c, next) => {
    if (!/^v\d{1,2}\.0$/.test(c.req.param('version')))
      return fail(c, { code: 2635, message: 'You are calling a version of the Graph API that does not exist.' });
    return next();
  });

  const own = (kind: 'phoneNumberId' | 'wabaId', id: string, of: WhatsAppAccount) => of[kind] === id;
  app.get('/graph/:version/debug_token', (c) => account.debugToken(c, platform));
  app.post('/graph/:version/:id/messages', (c) => {
    const of = c.get('account');
    return own('phoneNumberId', c.req.param('id'), of) ? messaging(c, of, platform, webhooks) : account.missing(c);
  });
  app.post('/graph/:version/:id/media', (c) => {
    const of = c.get('account');
    return own('phoneNumberId', c.req.param('id'), of) ? media.upload(c, of, platform) : account.missing(c);
  });
  app.post('/graph/:version/:id/register', (c) => {
    const of = c.get('account');
    return own('phoneNumberId', c.req.param('id'), of) ? account.register(c, of) : account.missing(c);
  });
  app.all('/graph/:version/:id/:edge', (c, next) =>
    own('wabaId', c.req.param('id'), c.get('account')) ? next() : account.missing(c),
  );
  app.get('/graph/:version/:id/message_templates', (c) => account.templates(c));
  app.get('/graph/:version/:id/phone_numbers', (c) => account.numbers(c, c.get('account')));
  app.get('/graph/:version/:id/subscribed_apps', (c) => account.subscriptions(c, c.get('account')));
  app.post('/graph/:version/:id/subscribed_apps', (c) => account.subscribe(c, c.get('account'), platform, changed));
  app.delete('/graph/:version/:id/subscribed_apps', (c) => account.unsubscribe(c, c.get('account')));
  app.get('/graph/:version/:id', (c) => {
    const of = c.get('account');
    const id = c.req.param('id');
    return own('phoneNumberId', id, of) ? account.describeNumber(c, of, platform) : media.describe(c, id, of, platform);
  });
  app.delete('/graph/:version/:id', (c) => media.remove(c, c.req.param('id'), c.get('account'), platform));
  app.get('/lookaside/*', (c) => media.download(c, platform));
  app.all('/graph/*', account.missing);
  return app;
}
