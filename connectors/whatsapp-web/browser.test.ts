import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import { fakeTools } from '../contract/tools.ts';
import type { LinkState, OpenLink } from '../link.ts';
import { alive, findBrowser } from './browser.ts';
import { link } from './link.ts';
import { webRoutes } from './standin/routes.ts';
import { WebServer } from './standin/server.ts';

/** The real library in a real Chromium, against our own page in the place of WhatsApp Web. */
const executable = await findBrowser().catch(() => undefined);
if (!executable && process.env.CI) throw new Error('CI needs a Chromium: WhatsApp Web is tested in one.');
if (!executable) console.warn('No Chromium on this machine: the tests of WhatsApp Web in a browser are left out.');

const HOST = 'http://standin.test';
const folders: string[] = [];
const open: { close(): Promise<void> }[] = [];
const servers: WebServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(() => {
  for (const server of servers) server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 4 });
});

/** A place for saved logins that all hubs share, and one machine's own folder. */
function store() {
  let bytes: Uint8Array | undefined;
  return {
    get size() {
      return bytes?.length ?? 0;
    },
    load: async () => (bytes ? new Blob([new Uint8Array(bytes)]).stream() : null),
    save: async (stream: ReadableStream<Uint8Array>) => {
      bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    },
    remove: async () => void (bytes = undefined),
  };
}

function server() {
  const made = new WebServer({ seed: 'a seed', now: Date.now });
  servers.push(made);
  return made;
}

async function machine(web: WebServer, saved = store(), folder = mkdtempSync(join(tmpdir(), 'haina-web-'))) {
  folders.push(folder);
  const app = webRoutes(web);
  const fetch = (async (url: string | URL | Request, init?: RequestInit) =>
    await app.request(String(url).slice(HOST.length), init)) as typeof globalThis.fetch;
  const states: LinkState[] = [];
  const events: Inbound[] = [];
  const tools = { ...fakeTools(fetch, { web: HOST }), now: Date.now };
  const opened: OpenLink = await link.open({}, tools, {
    receive: async (more) => void events.push(...more),
    state: (state) => void states.push(state),
    folder,
    saved,
  });
  open.push(opened);
  const state = <S extends LinkState['state']>(name: S) =>
    vi.waitFor(
      () => {
        const found = states.findLast((one) => one.state === name);
        if (!found) throw new Error(`not ${name}: ${JSON.stringify(states)} ${tools.logged.join('; ')}`);
        return found as Extract<LinkState, { state: S }>;
      },
      { timeout: 60_000, interval: 50 },
    );
  const event = <K extends Inbound['kind']>(
    kind: K,
    fits: (event: Extract<Inbound, { kind: K }>) => boolean = () => true,
  ) =>
    vi.waitFor(
      () => {
        const found = events.find((one) => one.kind === kind && fits(one as Extract<Inbound, { kind: K }>));
        if (!found) throw new Error(`no ${kind}: ${JSON.stringify(events)} ${tools.logged.join('; ')}`);
        return found as Extract<Inbound, { kind: K }>;
      },
      { timeout: 20_000, interval: 50 },
    );
  return { opened, states, events, state, event, folder, saved, tools };
}

describe.skipIf(!executable)('whatsapp-web in a browser', { timeout: 180_000 }, () => {
  it('shows a code, is scanned, becomes ready, hears and answers', async () => {
    const web = server();
    const owner = web.owner('Shop');
    const ada = web.customer('Ada');
    const { opened, state, event, events } = await machine(web);
    const { qr } = await state('qr');
    expect(qr.split(',')).toHaveLength(5);
    expect(web.scan(qr, owner)).toBe(true);
    expect(await state('ready')).toEqual({ state: 'ready', account: owner.number, name: 'Shop' });

    const said = web.say(owner, ada, { body: 'Hello 👋' });
    const heard = await event('message');
    expect(heard).toMatchObject({
      from: ada.pn,
      aliases: [ada.lid],
      messageId: `false_${ada.pn}_${said.id}`,
      content: { type: 'text', text: 'Hello 👋' },
      profile: { name: 'Ada' },
    });

    const sent: { id: string }[] = [];
    web.seen.subscribe((seen) => seen.type === 'sent' && sent.push(seen.message));
    const message = { id: '1', content: { type: 'text' as const, text: 'Good day' }, quote: heard.messageId };
    const answer = await opened.send({ to: ada.pn, key: crypto.randomUUID(), messages: [message] });
    expect(sent).toMatchObject([
      { remote: ada.pn, type: 'chat', body: 'Good day', quotedStanzaID: said.id, fromMe: true },
    ]);
    expect(answer.messages[0]?.externalId).toBe(`true_${ada.pn}_${sent[0]!.id}`);

    web.ack(owner, sent[0] as never, 2);
    web.ack(owner, sent[0] as never, 3);
    await event('receipt', ({ state }) => state === 'read');
    expect(events.filter(({ kind }) => kind === 'receipt').map((one) => one.kind === 'receipt' && one.state)).toEqual([
      'delivered',
      'read',
    ]);
    // Our own send is no echo; what the owner writes on the phone is one.
    expect(events.filter(({ kind }) => kind === 'echo')).toEqual([]);
    web.write(owner, ada, 'From the phone');
    expect(await event('echo')).toMatchObject({ from: ada.pn, content: { text: 'From the phone' } });
  });
});

void alive;
void existsSync;
