import { Hono } from 'hono';
import { phoneRoutes } from '../lib/phone/routes.ts';
import { World } from '../lib/phone/world.ts';
import { avatar } from '../lib/sandbox/avatar.ts';
import { Consents } from '../lib/sandbox/consent.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import { hosts } from './hosts.ts';
import type { WechatAccount } from './sandbox/accounts.ts';
import { actions } from './sandbox/actions.ts';
import { api } from './sandbox/api.ts';
import { ComponentEvents } from './sandbox/component-events.ts';
import { control } from './sandbox/control.ts';
import { funcsOf } from './sandbox/funcs.ts';
import { type Kind, openIdOf } from './sandbox/ids.ts';
import { grant, login } from './sandbox/login.ts';
import { official } from './sandbox/model.ts';
import { papers } from './sandbox/papers.ts';
import { wechatPhone } from './sandbox/phone.ts';
import { platform } from './sandbox/platform.ts';
import { Pushes } from './sandbox/pushes.ts';
import { ReleaseCheck } from './sandbox/release.ts';
import { verifier } from './sandbox/server.ts';

/** The people every phone begins with; they follow every official account. */
const PEOPLE = ['Guest A 甲', 'Guest B 乙'];
/** Accounts whose owners can hand them to a third-party platform. */
const DEMO: [Kind, string][] = [
  ['service', '云上小店服务号'],
  ['subscription', '街角早报订阅号'],
  ['mini', '云上小店小程序'],
];

/**
 * WeChat's side of the conversation (channels/wechat.md): official accounts and mini-programs with a server of their own or
 * in the hands of a third-party platform, the Open Platform with its consent pages and its release check, and a phone.
 * A direct account whose name holds 订阅号 is one that is not verified.
 */
export function wechatSandbox(host: SandboxHost): Sandbox {
  const world = new World();
  const all = platform(host, world);
  const { accounts, components } = all;
  const pushes = new Pushes(all, verifier(all));
  const events = new ComponentEvents(all, pushes);
  const release = new ReleaseCheck(all, pushes, events);
  const phone = wechatPhone(all, pushes);
  const consents = new Consents({ mount: host.url, now: host.now, theme: official.theme });
  const people = PEOPLE.map((name) => world.putPerson({ id: openIdOf(host.seed, name), name }));

  const shown = new Set<WechatAccount>();
  const show = (account: WechatAccount) => {
    if (account.hidden) return;
    world.putAccount(papers(account, all));
    if (!shown.has(account))
      for (const { id } of people) {
        world.setChat(account.appId, id, { following: true });
        all.windows.believe(account, id);
      }
    shown.add(account);
  };
  const showDemo = () => {
    for (const [kind, name] of DEMO) show(accounts.get(kind, name));
  };
  for (const [kind, name] of DEMO) accounts.get(kind, name);
  all.changes.subscribe((appId) => {
    const account = accounts.byAppId(appId);
    if (account) show(account);
  });

  const app = new Hono();
  app.route('/', control(all, events, release));
  app.route(
    '/',
    phoneRoutes({
      phone,
      faults: all.faults,
      files: all.files,
      log: all.log,
      mount: new URL(host.url).pathname,
      actions: actions(all, events, release),
      consents,
    }),
  );
  app.route('/', consents.routes());
  app.get('/avatars/:file', (c) =>
    c.body(new Uint8Array(avatar(c.req.param('file').replace(/\.png$/, ''))), 200, {
      'content-type': 'image/png',
      'cache-control': 'max-age=86400',
    }),
  );
  app.route('/', login(all, events, consents));
  app.route('/api', api(all, events));

  return {
    name: 'wechat',
    label: official.label,
    app,
    hosts: Object.fromEntries(Object.keys(hosts).map((name) => [name, `/${name}`])),
    phone,
    account(name, callbackUrl, connector = 'wechat') {
      // An account in the hands of a platform, named by its AppID: its messages go to the platform's address.
      const held = accounts.byAppId(name);
      if (held) {
        show(held);
        return { appId: held.appId };
      }
      const account = accounts.get(directKind(name, connector), name);
      if (callbackUrl && callbackUrl !== account.server.url)
        account.server = { ...account.server, url: callbackUrl, verified: false };
      show(account);
      const { appId, secret, server, kind } = account;
      const config = { appId, appSecret: secret, token: server.token, aesKey: server.aesKey };
      return kind === 'subscription' ? { ...config, verified: 'no' } : config;
    },
    apps: {
      'wechat-open': (name, callbackUrl) => {
        const component = components.get(name);
        if (callbackUrl && callbackUrl !== component.url) {
          component.url = callbackUrl;
          events.start(component);
        }
        showDemo();
        const { appId, secret, token, aesKey } = component;
        return { appId, appSecret: secret, token, aesKey };
      },
    },
    async consent(config, wanted, ask) {
      const component = components.byAppId(config.appId ?? '');
      if (!component) throw new Error('No such platform.');
      const isMini = ask.connector === 'wechat-mini';
      const account =
        accounts
          .all()
          .find(({ appId, name, kind }) => (kind === 'mini') === isMini && [appId, name].includes(wanted)) ??
        accounts.get(isMini ? 'mini' : 'service', wanted);
      show(account);
      return grant(all, events, component, account, funcsOf(account.kind));
    },
    close() {
      events.close();
      all.courier.close();
    },
  };
}

const directKind = (name: string, connector: string): Kind =>
  connector === 'wechat-mini' ? 'mini' : name.includes('订阅号') ? 'subscription' : 'service';
