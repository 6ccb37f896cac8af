import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import type { WeiboConfig } from './config.ts';
import { weibo } from './index.ts';
import type { WeiboAccount } from './sandbox/accounts.ts';
import { api } from './sandbox/api.ts';
import { developer } from './sandbox/developer.ts';
import { model } from './sandbox/model.ts';
import { personId } from './sandbox/people.ts';
import { weiboPhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Pushes } from './sandbox/pushes.ts';

/** The fans every phone begins with; they follow every account. */
const PEOPLE = ['粉丝甲 Fan A', '粉丝乙 Fan B'];

/** Weibo's side of the conversation (channels/weibo.md): accounts, apps, tokens, pushes, windows, files, and a phone. */
export function weiboSandbox(host: SandboxHost): Sandbox<WeiboConfig> {
  const world = new World();
  const shown = new Set<string>();
  const all = platform(host, world, () => all.accounts.all().forEach(show));
  const pushes = new Pushes(all);
  const phone = weiboPhone(all, pushes);
  const people = PEOPLE.map((name) => world.putPerson({ id: personId(host.seed, name), name }));

  /** On the phone from now on; the fans of the beginning follow it. */
  function show(account: WeiboAccount): void {
    const { uid, name, callbackUrl } = account;
    world.putAccount({ id: uid, name, callbackUrl, credentials: credentials(account) });
    if (shown.has(uid)) return;
    shown.add(uid);
    for (const { id } of people) {
      world.setChat(uid, id, { following: true });
      all.windows.open(uid, id);
    }
  }
  const credentials = (account: WeiboAccount) => ({
    appKey: account.app.appKey,
    appSecret: account.app.appSecret,
    accessToken: all.accounts.pastedToken(account),
    uid: account.uid,
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
      consents: all.consents,
      actions: [
        {
          id: 'end-tokens',
          label: { zh: '让所有令牌立即失效', en: 'End all tokens now' },
          run() {
            all.accounts.tokens.endAll();
            all.publish();
          },
        },
        {
          id: 'format-xml',
          label: { zh: '把推送格式改为微信 XML', en: 'Set pushes to WeChat’s XML' },
          run() {
            for (const account of all.accounts.all()) account.format = 'xml';
          },
        },
      ],
    }),
  );
  app.route('/', all.consents.routes());
  app.route('/', developer(all));
  app.get('/avatars/:file', (c) =>
    c.body(new Uint8Array(avatar(c.req.param('file').replace(/\.png$/, ''))), 200, {
      'content-type': 'image/png',
      'cache-control': 'max-age=86400',
    }),
  );
  app.route('/', api(all));

  return {
    name: weibo.name,
    label: model.label,
    app,
    hosts: { api: '/api', m: '/m', upload: '/upload', me: '/developer' },
    phone,
    /** By its number instead of its name for an account that came through an app: then the app's secret signs its pushes. */
    account(name, callbackUrl) {
      const account = all.accounts.get(name);
      const shared = all.accounts.newestApp();
      if (name === account.uid && shared && !account.consented) all.accounts.consent(account, shared);
      if (callbackUrl) account.callbackUrl = callbackUrl;
      show(account);
      return credentials(account);
    },
    apps: {
      'weibo-app'(name, callbackUrl) {
        const shared = all.accounts.sharedApp(name);
        // Registered as 授权回调页: the house's own, which stands before its webhooks.
        const [origin] = callbackUrl.split('/webhooks/');
        if (callbackUrl) shared.redirect = `${origin}/connect`;
        return { appKey: shared.appKey, appSecret: shared.appSecret };
      },
    },
    async consent({ appKey = '' }, name, { state }) {
      const shared = all.accounts.appByKey(appKey);
      if (!shared) throw new Error('No app of this sandbox.');
      const account = all.accounts.get(name);
      all.accounts.letIn(account, shared);
      show(account);
      return { code: all.accounts.tokens.code({ account: account.name, appKey }), state };
    },
    close: () => all.courier.close(),
  };
}
