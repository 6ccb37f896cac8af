import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { WhatsAppConfig } from './config.ts';
import { addressOf, type WhatsAppAccount } from './sandbox/accounts.ts';
import { api } from './sandbox/api.ts';
import { model } from './sandbox/model.ts';
import { personId } from './sandbox/people.ts';
import { whatsappPhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Webhooks } from './sandbox/webhooks.ts';

/** The people every phone begins with: one with a number, and one with a username only. */
const PEOPLE = ['Guest A 甲', '@guest.b 乙'];
const VERSION = 'v25.0';

/** Meta's side of the conversation (channels/whatsapp.md, part B): Graph API, webhooks, media, templates, and a phone. */
export function whatsappSandbox(host: SandboxHost): Sandbox<WhatsAppConfig> {
  const world = new World();
  const all = platform(host, world);
  const webhooks = new Webhooks(all);
  const phone = whatsappPhone(all, webhooks);
  for (const name of PEOPLE) world.putPerson({ id: personId(host.seed, name), name });

  const credentials = ({ phoneNumberId, wabaId, accessToken, appSecret, verifyToken }: WhatsAppAccount) => ({
    phoneNumberId,
    wabaId,
    accessToken,
    appSecret,
    verifyToken,
  });
  const show = (account: WhatsAppAccount) =>
    world.putAccount({
      id: account.phoneNumberId,
      name: account.name,
      callbackUrl: addressOf(account),
      credentials: credentials(account),
    });
  const publish = () => all.accounts.all().forEach(show);

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
          label: { zh: '取消应用订阅（消息不再推送）', en: 'Unsubscribe the app (no message comes)' },
          run: () => {
            for (const account of all.accounts.all())
              Object.assign(account, { subscribed: false, override: undefined });
            publish();
          },
        },
        {
          id: 'deregister',
          label: { zh: '注销号码（需重新注册）', en: 'Deregister the numbers' },
          run: () => {
            for (const account of all.accounts.all()) account.registered = false;
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
  app.route('/', api(all, webhooks, publish));

  return {
    name: 'whatsapp',
    label: model.label,
    app,
    hosts: { graph: '/graph', media: '/lookaside' },
    phone,
    account(name, callbackUrl, connector = 'whatsapp') {
      if (connector !== 'whatsapp') throw new RangeError('This stand-in has accounts of the Cloud API only.');
      const account = all.accounts.get(name);
      if (callbackUrl) account.callbackUrl = callbackUrl;
      show(account);
      return { ...credentials(account), version: VERSION };
    },
    close: () => all.courier.close(),
  };
}
