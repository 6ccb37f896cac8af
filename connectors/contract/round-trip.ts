import { describe, expect, it, vi } from 'vitest';
import { fit } from '../../core/fit.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { AppKind } from '../app.ts';
import type { Connector, RawRequest, Tools } from '../connector.ts';
import type { Sandbox, SandboxHost } from '../sandbox.ts';
import { throughApp } from './app.ts';
import { consented } from './consented.ts';
import { INVITATION, sayables, sendables } from './sendables.ts';
import { fakeTools } from './tools.ts';

const HUB = 'http://127.0.0.1:9/webhooks/x/key';
const SANDBOX = 'http://127.0.0.1:9/sandbox/x';
const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** One line from the sandbox's phone to `receive` and one from `send` to the phone, over HTTP both ways. */
export function roundTrip<Config>(
  connector: Connector<Config>,
  make: (host: SandboxHost) => Sandbox<Config>,
  app?: AppKind,
  /** The platform gives each message of ours an id. */
  named = true,
): void {
  const stage = (name?: string, seed?: string) => set(connector, make, app, name, seed);
  describe('speaks with its sandbox', () => {
    it('whose accounts are the same at every start', async () => {
      const first = (await stage()).config;
      expect((await stage()).config).toEqual(first);
      expect((await stage('another')).config).not.toEqual(first);
      expect((await stage('demo', 'another seed')).config).not.toEqual(first);
    });

    it('which signs what a person says, and shows what we answer', async () => {
      const { phone, account, person, config, events, tools, next } = await stage();
      const id = phone.say(account, person, { type: 'text', text: '你好 👋 <b>' });
      const event = await next((item) => item.kind === 'message');
      expect(event).toMatchObject({
        kind: 'message',
        from: person,
        messageId: id,
        content: { type: 'text', text: '你好 👋 <b>' },
      });
      await vi.waitFor(() =>
        expect(phone.chat(account, person).messages.find((message) => message.id === id)?.state).toBe('sent'),
      );
      for (const replyToken of [event.reply?.token, undefined]) {
        const text = `answer ${replyToken ? 'in reply' : 'by itself'}`;
        const sent = await connector.send?.(
          {
            to: person,
            key: crypto.randomUUID(),
            replyToken,
            messages: [{ id: crypto.randomUUID(), content: { type: 'text', text } }],
          },
          config,
          tools,
        );
        const shown = phone.chat(account, person).messages.at(-1);
        expect(shown).toMatchObject({ who: 'account', bubble: { type: 'text', text } });
        expect(sent?.messages[0]?.externalId).toBe(named ? shown?.id : undefined);
      }
      expect(new Set(events.map((item) => item.externalId)).size).toBe(events.length);
    });

    it('which shows everything that we can send', async () => {
      const { phone, account, person, config, tools, next } = await stage();
      for (const [index, content] of sendables(connector).entries()) {
        // Most platforms let nobody write who was not written to, and many count what he then writes.
        const id = phone.say(account, person, { type: 'text', text: `hello ${index}` });
        const { reply } = await next((item) => item.kind === 'message' && item.messageId === id);
        // A card may have to name whose page it opens.
        const whole = content.type === 'mini-program' ? { ...content, appId: account } : content;
        const messages = [{ id: crypto.randomUUID(), content: whole }];
        const replyToken = index === 0 ? reply?.token : undefined;
        await connector.send?.({ to: person, key: crypto.randomUUID(), replyToken, messages }, config, tools);
        const shown = phone.chat(account, person).messages.at(-1)?.bubble;
        expect(shown, content.type).toBeDefined();
        expect(shown?.type, content.type).not.toBe('other');
      }
    });

    it('which puts a rating so that its answer comes back: a choice to tap, or a number to write (CS-06)', async () => {
      const { phone, account, person, config, tools, next } = await stage();
      const id = phone.say(account, person, { type: 'text', text: 'bye' });
      const { reply } = await next((item) => item.kind === 'message' && item.messageId === id);
      const [content] = fit(INVITATION, connector.can);
      const messages = [{ id: crypto.randomUUID(), content: content! }];
      await connector.send?.(
        { to: person, key: crypto.randomUUID(), replyToken: reply?.token, messages },
        config,
        tools,
      );
      const shown = phone.chat(account, person).messages.at(-1)?.bubble;
      if (content?.type !== 'menu' || shown?.type !== 'card') {
        const words = shown?.type === 'text' ? shown.text : '';
        for (const [index, { text }] of INVITATION.options.entries()) expect(words).toContain(`${index + 1}. ${text}`);
        return;
      }
      expect(shown.buttons.map((button) => button.label)).toEqual(INVITATION.options.map(({ text }) => text));
      const { data = '', label } = shown.buttons[3]!;
      phone.say(account, person, { type: 'action', data, text: label });
      const tapped = await next((item) => item.kind === 'message' && item.content.type === 'action');
      expect(tapped).toMatchObject({ content: { type: 'action', data: 'haina:rate:4' } });
    });

    it('which says everything a person can say, in kinds that we know', async () => {
      const { phone, model, account, person, config, tools, next } = await stage();
      for (const said of sayables(model, () => phone.upload({ name: 'a.png', mime: 'image/png', bytes: PNG }))) {
        const id = phone.say(account, person, said);
        // A tap has no id of its own everywhere.
        const isIt = (item: Inbound & { kind: 'message' }) =>
          said.type === 'action' ? item.content.type === 'action' : item.messageId === id;
        const event = await next((item) => item.kind === 'message' && isIt(item));
        if (event.kind !== 'message') throw new Error('not a message');
        // A sticker that is a file and no name is a picture; WeChat hands none on, only that there was one.
        const becomes = said.type === 'sticker' ? ['sticker', 'image', 'unsupported'] : [said.type];
        expect(becomes).toContain(event.content.type);
        if (!('upload' in said) || !('media' in event.content)) continue;
        const { source } = event.content.media ?? {};
        const file = await vi.waitFor(() => connector.media?.(source ?? '', config, tools), {
          timeout: 8000,
          interval: 200,
        });
        expect(new Uint8Array(await new Response(file?.stream).arrayBuffer())).toEqual(PNG);
      }
    }, 20_000);

    it('which takes back, leaves and comes again', async () => {
      const { phone, model, account, person, next } = await stage();
      const id = phone.say(account, person, { type: 'text', text: 'a slip' });
      await next((item) => item.kind === 'message');
      if (model.unsend) {
        phone.unsend(account, person, id);
        expect(await next((item) => item.kind === 'recall')).toMatchObject({ from: person, messageId: id });
        expect(phone.chat(account, person).messages.find((message) => message.id === id)).toMatchObject({
          unsent: true,
        });
      }
      if (model.follow) {
        phone.follow(account, person, false);
        expect(await next((item) => item.kind === 'contact')).toMatchObject({ change: 'removed' });
        phone.follow(account, person, true);
        expect(await next((item) => item.kind === 'contact' && item.change !== 'removed')).toMatchObject({
          from: person,
        });
      }
    });

    it('which knows its people and passes our own check', async () => {
      const { phone, person, config, tools } = await stage();
      if (connector.profile) {
        const told = (await connector.profile(person, config, tools))?.name;
        const name = phone.people().find(({ id }) => id === person)?.name;
        // Where a platform tells no names, one is made that tells people apart.
        if (!told?.endsWith(person.slice(-6))) expect(told).toBe(name);
      }
      const points = (await connector.check?.(config, tools, HUB)) ?? [];
      expect(points.filter((point) => !point.ok)).toEqual([]);
    });
  });
}

/** Sandbox and connector face to face: what either fetches, the other gets. */
async function set<Config>(
  connector: Connector<Config>,
  make: (host: SandboxHost) => Sandbox<Config>,
  app: AppKind | undefined,
  name = 'demo',
  seed = 'a test',
) {
  const events: Inbound[] = [];
  let known: { heard: Connector<Config>; config: Config } | undefined;
  const hub = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (!known) return toApp(await raw(request));
    const { reply, events: received } = known.heard.receive(await raw(request), known.config);
    for (const event of received) {
      events.push(event);
    }
    return new Response(reply?.body ?? '{}', { status: reply?.status ?? 200 });
  };
  /** What an app is told before its account is known: the consent itself, or a ticket without which there is none. */
  const toApp = async (request: RawRequest): Promise<Response> => {
    if (!app?.receive || !appConfig) return new Response('{}');
    const { reply, changes } = app.receive(request, appConfig, { has: () => false });
    for (const change of changes ?? []) if (change.do === 'keep') await tools.vault.put(change.key, change.value);
    return new Response(reply?.body ?? '{}', { status: reply?.status ?? 200 });
  };
  const sandbox = make({ url: SANDBOX, fetch: hub as typeof fetch, now: Date.now, seed });
  const toSandbox = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (!request.url.startsWith(SANDBOX)) throw new TypeError(`Nothing but the sandbox is here: ${request.url}`);
    return sandbox.app.request(request.url.slice(SANDBOX.length), request);
  };
  const hosts = Object.fromEntries(Object.entries(sandbox.hosts).map(([key, path]) => [key, SANDBOX + path]));
  expect(Object.keys(hosts).sort()).toEqual(Object.keys(connector.hosts).sort());
  const tools: Tools = { ...fakeTools(toSandbox as typeof fetch, hosts), now: Date.now };
  const appConfig: unknown = app?.config.parse(sandbox.apps?.[app.name]?.(name, HUB));
  const config: Config = app
    ? await consented(connector, app, sandbox, name, tools, HUB)
    : connector.config.parse(sandbox.account(name, HUB, connector.name));
  const heard = app ? throughApp(connector, { kind: app, account: connector.account?.(config) ?? '' }) : connector;
  known = { heard, config };
  const { phone } = sandbox;
  if (!phone) throw new Error('A sandbox without a phone cannot be tested.');
  const account =
    (app && connector.account?.(config)) ?? phone.accounts().find((item) => item.callbackUrl === HUB)?.id ?? '';
  const person = phone.people()[0]?.id ?? '';
  /** The next event that fits, or one that already came. */
  const next = (fits: (event: Inbound) => boolean): Promise<Inbound> =>
    vi.waitFor(
      () => {
        const found = events.find(fits);
        if (!found) throw new Error('no such event came');
        return found;
      },
      { timeout: 5000 },
    );
  const model = phone.modelOf?.(account) ?? phone.model;
  return { phone, model, account, person, config, events, tools, next };
}

async function raw(request: Request): Promise<RawRequest> {
  const url = new URL(request.url);
  return {
    method: request.method,
    path: url.pathname.slice(new URL(HUB).pathname.length),
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}
