import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { DouyinConfig } from './config.ts';
import { douyin } from './index.ts';
import { api } from './sandbox/api.ts';
import { personId } from './sandbox/ids.ts';
import { model } from './sandbox/model.ts';
import { EVERYTHING, grant } from './sandbox/oauth.ts';
import { douyinPhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Webhooks } from './sandbox/webhooks.ts';

/** Douyin's side of the conversation (channels/douyin.md): apps, consents, tokens, pushes, windows, and a phone. */
export function douyinSandbox(host: SandboxHost): Sandbox<DouyinConfig> {
  const world = new World();
  const all = platform(host, world);
  const webhooks = new Webhooks(all);
  const phone = douyinPhone(all, webhooks);
  for (const name of all.people) world.putPerson({ id: personId(host.seed, name), name });

  const app = new Hono();
  app.route(
    '/',
    phoneRoutes({
      phone,
      faults: all.faults,
      files: all.files,
      log: all.log,
      mount: new URL(host.url).pathname,
      consents: all.consents,
      actions: [
        {
          id: 'expire-tokens',
          label: { zh: '让访问令牌立即过期', en: 'End all access tokens now' },
          run: () => all.tokens.expire('access'),
        },
        {
          id: 'verify-webhook',
          label: { zh: '校验回调地址', en: 'Try the webhook address' },
          run: () => {
            for (const one of all.apps.all()) if (one.callbackUrl) void webhooks.verify(one);
          },
        },
      ],
    }),
  );
  app.get('/avatars/:file', (c) =>
    c.body(new Uint8Array(avatar(c.req.param('file').replace(/\.png$/, ''))), 200, {
      'content-type': 'image/png',
      'cache-control': 'max-age=86400',
    }),
  );
  app.route('/', all.consents.routes());
  app.route('/', api(all, webhooks));

  return {
    name: douyin.name,
    label: model.label,
    app,
    hosts: { api: '/api' },
    phone,
    // Its webhook is the app's: the address of a single account is of no use to Douyin.
    account(name) {
      const account = all.apps.named(name);
      all.admit(account);
      const { clientKey, clientSecret } = account.app;
      return { openId: account.openId, scopes: EVERYTHING.join(','), app: { clientKey, clientSecret } };
    },
    apps: {
      'douyin-app'(name, callbackUrl) {
        const one = all.apps.app(name);
        if (callbackUrl) one.callbackUrl = callbackUrl;
        return { clientKey: one.clientKey, clientSecret: one.clientSecret };
      },
    },
    async consent(config, account, ask) {
      const one = all.apps.byKey(config.clientKey);
      if (!one) throw new TypeError('No app of this sandbox.');
      return grant(all, webhooks, one, account, EVERYTHING, ask.state);
    },
    close: () => all.courier.close(),
  };
}
