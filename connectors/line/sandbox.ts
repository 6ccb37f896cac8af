import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { LineConfig } from './config.ts';
import { line } from './index.ts';
import type { LineAccount } from './sandbox/accounts.ts';
import { api } from './sandbox/api.ts';
import { model } from './sandbox/model.ts';
import { personId } from './sandbox/people.ts';
import { linePhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Webhooks } from './sandbox/webhooks.ts';

/** The people every phone begins with; they are friends of every account. */
const PEOPLE = ['Guest A 甲', 'Guest B 乙'];

/** LINE's side of the conversation (channels/line.md): accounts, tokens, webhooks, quota, content, and a phone. */
export function lineSandbox(host: SandboxHost): Sandbox<LineConfig> {
  const world = new World();
  const all = platform(host, world);
  const webhooks = new Webhooks(all);
  const phone = linePhone(all, webhooks);
  const people = PEOPLE.map((name) => world.putPerson({ id: personId(host.seed, name), name }));

  const show = ({ userId, name, callbackUrl, channelId, channelSecret, accessToken }: LineAccount) =>
    world.putAccount({
      id: userId,
      name,
      callbackUrl,
      credentials: { channelId, channelSecret, accessToken },
    });
  const known = new Set<LineAccount>();
  const publish = () => known.forEach(show);

  const app = new Hono();
  app.route(
    '/',
    phoneRoutes({
      phone,
      faults: all.faults,
      files: all.files,
      log: all.log,
      mount: new URL(host.url).pathname,
      actions: [
        {
          id: 'expire-tokens',
          label: { zh: '让已签发的短期令牌立即过期', en: 'End all short-lived tokens now' },
          run: () => all.accounts.expireTokens(),
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
  app.route('/', api(all, webhooks, publish));

  return {
    name: line.name,
    label: model.label,
    app,
    hosts: { api: '/api', data: '/data' },
    phone,
    account(name, callbackUrl) {
      const account = all.accounts.get(name);
      if (callbackUrl) account.callbackUrl = callbackUrl;
      show(account);
      if (!known.has(account)) for (const { id } of people) world.setChat(account.userId, id, { following: true });
      known.add(account);
      return { channelId: account.channelId, channelSecret: account.channelSecret };
    },
    close: () => all.courier.close(),
  };
}
