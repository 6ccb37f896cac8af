import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { MessengerConfig } from './config.ts';
import type { PageAccount } from './sandbox/accounts.ts';
import { api } from './sandbox/api.ts';
import { model } from './sandbox/model.ts';
import { personId } from './sandbox/people.ts';
import { messengerPhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Webhooks } from './sandbox/webhooks.ts';

/** The people every phone begins with. */
const PEOPLE = ['Guest A 甲', 'Guest B 乙'];

/** Meta's side of the conversation: Send API, webhooks, files, and a phone. */
export function messengerSandbox(host: SandboxHost): Sandbox<MessengerConfig> {
  const world = new World();
  const all = platform(host, world);
  const webhooks = new Webhooks(all);
  const phone = messengerPhone(all, webhooks);
  for (const name of PEOPLE) world.putPerson({ id: personId(host.seed, name), name });

  const credentials = ({ pageId, accessToken, appSecret, verifyToken }: PageAccount) => ({
    pageId,
    accessToken,
    appSecret,
    verifyToken,
  });

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
          id: 'end-media-urls',
          label: { zh: '让媒体地址立即过期', en: 'End all media addresses now' },
          run: () => all.links.endAll(),
        },
        {
          id: 'unsubscribe',
          label: { zh: '取消主页订阅（消息不再推送）', en: 'Unsubscribe the pages (no message comes)' },
          run: () => {
            for (const account of all.accounts.all()) account.subscribed = [];
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
  app.route('/', api(all, webhooks));

  return {
    name: 'messenger',
    label: model.label,
    app,
    hosts: { graph: '/graph', media: '/cdn' },
    phone,
    account(name, callbackUrl) {
      const account = all.accounts.get(name);
      if (callbackUrl) account.callbackUrl = callbackUrl;
      const told = credentials(account);
      world.putAccount({ id: account.pageId, name, callbackUrl: account.callbackUrl, credentials: told });
      return { ...told, version: 'v25.0', humanAgent: 'no' };
    },
    close: () => all.courier.close(),
  };
}
