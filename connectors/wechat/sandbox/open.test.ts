import { describe, expect, it, vi } from 'vitest';
import type { Outbound, Tools } from '../../connector.ts';
import { fakeTools } from '../../contract.ts';
import { Misconfigured, Refused } from '../../errors.ts';
import { wechat } from '../index.ts';
import { wechatOpen } from '../open/index.ts';
import { wechatSandbox } from '../sandbox.ts';

const ORIGIN = 'http://127.0.0.1:9';
const MOUNT = `${ORIGIN}/sandbox/wechat`;
const HOOK = `${ORIGIN}/webhooks/wechat-open/k`;
const REDIRECT = `${ORIGIN}/connect/a-state`;
const CLICK = { headers: { referer: `${ORIGIN}/settings/channels` } };

/**
 * A sandbox and a hub that runs the real app kind: tickets are kept, `after` runs once the answer has left. `tamper` may
 * put another answer in place of the hub's.
 */
function bench(options: { seed?: string; tamper?: (path: string, body: string) => string | undefined } = {}) {
  const events: Record<string, string>[] = [];
  const heard: object[] = [];
  /** Milliseconds by which everybody's clock goes ahead; whether there is anybody at the address. */
  const world = { ahead: 0, away: false };
  const now = () => Date.now() + world.ahead;
  const sandbox = wechatSandbox({
    url: MOUNT,
    seed: options.seed ?? 'bench',
    now,
    fetch: (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const path = new URL(request.url).pathname.slice(new URL(HOOK).pathname.length);
      if (world.away || request.method === 'GET') return new Response('', { status: 404 });
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const body = new Uint8Array(await request.arrayBuffer());
      const raw = { method: 'POST', path, query, headers: {}, body };
      const received = wechatOpen.receive!(raw, config, { has: () => true });
      for (const change of received.changes ?? []) {
        if (change.do === 'keep') await tools.vault.put(change.key, change.value);
        if (change.do === 'authorise') events.push({ authorised: change.grant.account!, code: change.grant.code! });
        if (change.do === 'revoke') events.push({ revoked: change.account });
      }
      heard.push(...received.events);
      if (received.after) setTimeout(() => void received.after?.(tools).catch(() => {}), 1);
      const said = received.reply?.body ?? '{}';
      return new Response(options.tamper?.(path, said) ?? said);
    }) as typeof fetch,
  });
  const toSandbox = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    return sandbox.app.request(request.url.slice(MOUNT.length), request);
  };
  const hosts = Object.fromEntries(Object.entries(sandbox.hosts).map(([name, path]) => [name, MOUNT + path]));
  const tools: Tools & { kept: Map<string, string>; vaulted: Map<string, string> } = {
    ...fakeTools(toSandbox as typeof fetch, hosts),
    now,
  };
  const config = wechatOpen.config.parse(sandbox.apps!['wechat-open']!('Platform', HOOK));
  const ticket = () => vi.waitFor(() => expect(tools.vaulted.get('ticket')).toBeDefined(), { timeout: 12_000 });
  const start = (connector?: string) =>
    wechatOpen.start(config, tools, { state: 's', redirectUrl: REDIRECT, returnUrl: REDIRECT, connector });
  const at = (path: string, init?: RequestInit) => sandbox.app.request(path.replace(MOUNT, ''), init);
  const consent = (account: string, connector = 'wechat') =>
    sandbox.consent!(config, account, { state: 's', redirectUrl: REDIRECT, connector });
  const finish = (query: Record<string, string>) =>
    wechatOpen.finish(query, config, tools, { state: 's', redirectUrl: REDIRECT, returnUrl: REDIRECT });
  /** Connects an account as a hub would, with tools of its own. */
  const connect = async (account: string, connector = 'wechat') => {
    const [one] = await finish(await consent(account, connector));
    const own = { ...fakeTools(toSandbox as typeof fetch, hosts), now, app: tools };
    for (const [key, value] of Object.entries(one?.vault ?? {})) await own.vault.put(key, value);
    return { one: one!, own, channel: wechat.config.parse({ ...one!.config, app: config }) };
  };
  const control = (values: object) => at('/control/faults', { method: 'PUT', body: JSON.stringify(values) });
  const run = (action: string) => at(`/control/${action}`, { method: 'POST' });
  return { sandbox, config, tools, world, events, heard, ticket, start, at, consent, finish, connect, control, run };
}
const failure = (promise: Promise<unknown> | undefined) => promise?.catch((error: unknown) => error);
const words = (text: string): Omit<Outbound, 'to'> => ({
  key: crypto.randomUUID(),
  messages: [{ id: '1', content: { type: 'text', text } }],
});

describe('a third-party platform', () => {
  it('gets tickets until it is deleted: soon, again until one is taken, and when it asks', async () => {
    const { tools, world, ticket, config, at, control } = bench();
    world.away = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(tools.vaulted.size).toBe(0);
    world.away = false;
    await ticket();
    tools.vaulted.clear();
    const body = JSON.stringify({ component_appid: config.appId, component_secret: config.appSecret });
    const ask = () => at('/api/cgi-bin/component/api_start_push_ticket', { method: 'POST', body });
    await control({ ticketLate: true });
    await ask();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(tools.vaulted.size).toBe(0);
    await control({ ticketLate: false });
    await ask();
    await ticket();
  });

  it('gets a token for a ticket of the last twelve hours, and one token at a time', async () => {
    const { ticket, tools, config, at, world } = bench();
    await ticket();
    const component_verify_ticket = JSON.parse(tools.vaulted.get('ticket')!).value;
    const api = async (name: string, body: object, token = '') => {
      const path = `/api/cgi-bin/component/${name}?component_access_token=${token}`;
      const given = { component_appid: config.appId, ...body };
      return (await (await at(path, { method: 'POST', body: JSON.stringify(given) })).json()) as Record<string, any>;
    };
    const secret = { component_appsecret: config.appSecret };
    const token = async () =>
      (await api('api_component_token', { ...secret, component_verify_ticket })).component_access_token;
    const first = await token();
    expect(await api('api_create_preauthcode', {}, first)).toMatchObject({ expires_in: 600 });
    const second = await token();
    expect(await api('api_create_preauthcode', {}, first)).toMatchObject({ errcode: 40001 });
    expect(await api('api_create_preauthcode', {}, second)).toHaveProperty('pre_auth_code');
    expect(await api('api_create_preauthcode', { component_appid: 'wx0' }, second)).toMatchObject({ errcode: 61011 });
    expect(await api('api_create_preauthcode', {})).toMatchObject({ errcode: 41001 });
    expect(await api('api_component_token', { ...secret, component_verify_ticket: '' })).toMatchObject({
      errcode: 61006,
    });
    expect(await api('api_component_token', { component_appsecret: 'x' })).toMatchObject({ errcode: 40125 });
    world.ahead = 12.5 * 3_600_000;
    expect(await api('api_component_token', { ...secret, component_verify_ticket })).toMatchObject({ errcode: 61005 });
  });

  it('sends people to a page that must be entered by a click on its own domain', async () => {
    const { start, ticket, at } = bench();
    await ticket();
    const { url, phoneUrl } = await start();
    const without = await at(url);
    expect(without.status).toBe(403);
    expect(await without.text()).toContain('授权入口页所在域名：空');
    const elsewhere = await at(url, { headers: { referer: 'https://example.com/a' } });
    expect(await elsewhere.text()).toContain('授权入口页所在域名：example.com');
    const moved = url.replace(encodeURIComponent(REDIRECT), encodeURIComponent('https://example.com/'));
    expect((await at(moved, CLICK)).status).toBe(403);
    expect((await at(url.replace(/preauthcode[^&]+/, 'x'), CLICK)).status).toBe(400);
    const page = await at(url, { headers: { referer: 'http://localhost:9/' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<svg');
    expect((await at(phoneUrl!)).status).toBe(303);
    expect(
      (await at(phoneUrl!.replace(encodeURIComponent(REDIRECT), encodeURIComponent('https://example.com/')))).status,
    ).toBe(403);
  });

  it('brings the chosen account back, by the browser and by a push, with what was granted', async () => {
    const { start, ticket, at, finish, events, sandbox, config, tools } = bench();
    await ticket();
    await at((await start('wechat')).url, CLICK);
    const { items } = (await (await at('/consent/pending')).json()) as { items: { id: string }[] };
    const page = await (await at(`/consent/${items[0]!.id}`)).text();
    expect(page).toContain('云上小店服务号');
    expect(page).not.toContain('云上小店小程序');
    const account = sandbox.phone!.accounts().find(({ name }) => name.includes('服务号'))!.id;
    const agree = { account, permissions: ['1', '2', '3'] };
    const headers = { 'content-type': 'application/json' };
    await at(`/consent/${items[0]!.id}/agree`, { method: 'POST', body: JSON.stringify(agree), headers });
    const { url } = (await (await at(`/consent/${items[0]!.id}/state`)).json()) as { url: string };
    expect(url).toMatch(new RegExp(`^${REDIRECT}\\?auth_code=queryauthcode`));
    const [one] = await finish(Object.fromEntries(new URL(url).searchParams));
    expect(one).toMatchObject({ connector: 'wechat', account, config: { verified: 'yes', funcIds: '1,2,3' } });
    expect(one!.points!.some(({ ok, code }) => !ok && code?.includes('15'))).toBe(true);
    await vi.waitFor(() => expect(events).toContainEqual({ authorised: account, code: expect.any(String) }));
    const shown = sandbox.phone!.accounts().find(({ id }) => id === account)!;
    expect(shown).toMatchObject({ callbackUrl: `${HOOK}/${account}/message`, credentials: { authorised: 'Platform' } });
    // The code that came by the push is another, and brings the same.
    const { code } = events.find(({ authorised }) => authorised === account)!;
    expect(new URL(url).searchParams.get('auth_code')).not.toBe(code);
    expect(await wechatOpen.granted!({ account, code: code! }, config, tools)).toMatchObject([{ account }]);
    const spent = await at(
      `/api/cgi-bin/component/api_query_auth?component_access_token=${tools.kept.get('component-token')}`,
      {
        method: 'POST',
        body: JSON.stringify({ component_appid: config.appId, authorization_code: code }),
      },
    );
    expect(await spent.json()).toMatchObject({ errcode: 61010 });
  });

  it('speaks for its accounts until they are taken back', async () => {
    const { ticket, connect, sandbox, heard, run, events, at } = bench();
    await ticket();
    const { own, channel, one } = await connect('云上小店服务号');
    const phone = sandbox.phone!;
    const person = phone.people()[0]!.id;
    phone.say(one.account, person, { type: 'text', text: '在吗' });
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]).toMatchObject({ account: one.account, from: person, content: { text: '在吗' } });
    await wechat.send!({ to: person, ...words('在的') }, channel, own);
    expect(phone.chat(one.account, person).messages.at(-1)).toMatchObject({ who: 'account', bubble: { text: '在的' } });
    await run('expire-tokens');
    await wechat.send!({ to: person, ...words('还在') }, channel, own);
    expect(phone.chat(one.account, person).messages).toHaveLength(3);
    const taken = await at('/control/unauthorise', { method: 'POST', body: JSON.stringify({ appId: one.account }) });
    expect(await taken.json()).toEqual({ platforms: 1 });
    await vi.waitFor(() => expect(events).toContainEqual({ revoked: one.account }));
    expect(await failure(wechat.send!({ to: person, ...words('x') }, channel, own))).toBeInstanceOf(Misconfigured);
    phone.say(one.account, person, { type: 'text', text: 'to nobody' });
    await vi.waitFor(() => expect(phone.chat(one.account, person).messages.at(-1)?.state).toBe('failed'));
  });

  it('loses a refresh token, and finds the new one in the list', async () => {
    const { ticket, connect, sandbox, run } = bench();
    await ticket();
    const { own, channel, one } = await connect('云上小店服务号');
    const person = sandbox.phone!.people()[0]!.id;
    sandbox.phone!.say(one.account, person, { type: 'text', text: 'hi' });
    const before = [...own.vaulted.values()];
    await run('rotate-refresh');
    await run('expire-tokens');
    await wechat.send!({ to: person, ...words('x') }, channel, own);
    expect([...own.vaulted.values()]).not.toEqual(before);
  });

  it('is still in charge after the sandbox was started anew', async () => {
    const first = bench();
    await first.ticket();
    const { own, channel, one } = await first.connect('云上小店服务号');
    const again = bench();
    const toAgain = (async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      return again.sandbox.app.request(request.url.slice(MOUNT.length), request);
    }) as typeof fetch;
    // As the hub tells at its start: by the AppID, with an address that is not where its messages go.
    const other = await first.connect('某店服务号');
    for (const { account } of [one, other.one])
      expect(again.sandbox.account(account, `${ORIGIN}/webhooks/wechat/k2`, 'wechat')).toEqual({ appId: account });
    const phone = again.sandbox.phone!;
    expect(phone.accounts().map(({ id }) => id)).toContain(other.one.account);
    expect(phone.accounts().every(({ callbackUrl }) => !callbackUrl.includes('k2'))).toBe(true);
    const person = phone.people()[0]!.id;
    // Nothing was asked of the new process yet: what people say arrives all the same.
    phone.say(one.account, person, { type: 'text', text: '又来了' });
    await vi.waitFor(() => expect(again.heard).toHaveLength(1));
    const later = { ...own, fetch: toAgain, app: { ...first.tools, fetch: toAgain } };
    own.kept.clear();
    await wechat.send!({ to: person, ...words('欢迎') }, channel, later);
    expect(phone.chat(one.account, person).messages.at(-1)).toMatchObject({ who: 'account' });
    expect((await wechat.upkeep!(channel, later)).points).toEqual([]);
  });

  it('is refused by the switches', async () => {
    const { ticket, connect, sandbox, control, consent, finish, heard, events, config, tools } = bench();
    await ticket();
    const { own, channel, one } = await connect('云上小店服务号');
    const person = sandbox.phone!.people()[0]!.id;
    sandbox.phone!.say(one.account, person, { type: 'text', text: 'hi' });
    await control({ permissionMissing: true });
    expect(await failure(wechat.send!({ to: person, ...words('x') }, channel, own))).toMatchObject({
      code: 'permission_missing',
    });
    expect((await wechat.upkeep!(channel, own)).points).not.toEqual([]);
    await control({ permissionMissing: false, refreshRefused: true });
    own.kept.clear();
    expect(await failure(wechat.send!({ to: person, ...words('x') }, channel, own))).toBeInstanceOf(Misconfigured);
    await control({ refreshRefused: false, frozen: true });
    expect((await wechat.upkeep!(channel, own)).config).toMatchObject({ status: '19' });
    await control({ frozen: false, sameAuthCode: true });
    const query = await consent('云上小店服务号');
    await finish(query);
    await vi.waitFor(() => expect(events.at(-1)).toMatchObject({ code: query.auth_code }));
    expect(await wechatOpen.granted!({ account: one.account, code: query.auth_code! }, config, tools)).toHaveLength(1);
    await control({ sameAuthCode: false, noAuthorisedPush: true });
    const before = events.length;
    await finish(await consent('云上小店服务号'));
    expect(events).toHaveLength(before);
    expect(await failure(finish({ ...query, auth_code: `${query.auth_code}x` }))).toBeInstanceOf(Error);
    expect(await failure(finish({}))).toBeInstanceOf(Refused);
    const mini = await connect('云上小店小程序', 'wechat-mini');
    expect(mini.one).toMatchObject({ connector: 'wechat-mini', config: { kind: 'mini' } });
    const subscription = await connect('街角早报订阅号');
    expect(subscription.one).toMatchObject({ config: { verified: 'no', kind: 'subscription' } });
    expect(heard).toHaveLength(1);
  });
});

describe('the release check', () => {
  it('passes for all five pairs', async () => {
    const { ticket, at } = bench();
    await ticket();
    const response = await at('/control/release-check', { method: 'POST' });
    const { results } = (await response.json()) as {
      results: { ok: boolean; steps: { line: string; ok: boolean; text: string }[] }[];
    };
    expect(results).toHaveLength(5);
    for (const { steps } of results) expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(results[0]!.steps.map(({ line }) => line)).toEqual([
      '组件ticket正确接收',
      '生成预授权码',
      '获取授权code',
      '授权',
      '返回普通文本消息',
      '返回Api文本消息',
      '返回Api文本消息（小程序）',
      '发送事件消息',
      '取消授权',
    ]);
    const page = await (await at('/release')).text();
    expect(page.match(/通过 · passed/g)).toHaveLength(45);
  }, 20_000);

  it('fails at the step that is wrong, and only there', async () => {
    const failing = async (tamper: (path: string, body: string) => string | undefined, control: object = {}) => {
      const hub = bench({ tamper });
      await hub.ticket();
      await hub.control(control);
      const body = JSON.stringify({ pairs: [2] });
      const { results } = (await (await hub.at('/control/release-check', { method: 'POST', body })).json()) as {
        results: { steps: { line: string; ok: boolean }[] }[];
      };
      return results[0]!.steps.filter(({ ok }) => !ok).map(({ line }) => line);
    };
    const onMessages = (change: (body: string) => string | undefined) => (path: string, body: string) =>
      path.endsWith('/message') ? change(body) : undefined;
    // "success" is thanks enough elsewhere; here it must be nothing at all.
    expect(await failing(onMessages((body) => (body === '' ? 'success' : undefined)))).toEqual([
      '返回Api文本消息',
      '返回Api文本消息（小程序）',
    ]);
    expect(await failing(onMessages((body) => (body === '' ? undefined : 'success')))).toEqual([
      '返回普通文本消息',
      '发送事件消息',
    ]);
    const unthankful = (path: string) => (path === '/events' ? '{}' : undefined);
    expect(await failing((path) => unthankful(path))).toEqual(['组件ticket正确接收', '授权', '取消授权']);
  }, 40_000);
});
