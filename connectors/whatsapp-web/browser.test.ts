import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Media, Sendable } from '../../core/message.ts';
import { fakeTools } from '../contract/tools.ts';
import { Refused } from '../errors.ts';
import type { LinkState, OpenLink } from '../link.ts';
import { alive, findBrowser } from './browser.ts';
import { link } from './link.ts';
import type { Wire } from './standin/model.ts';
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
    await app.request(new URL(String(url)).href.slice(HOST.length), init)) as typeof globalThis.fetch;
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

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const one = (content: Sendable, quote?: string) => [{ id: '1', content, quote }];
const key = () => crypto.randomUUID();

describe.skipIf(!executable)('whatsapp-web in a browser', { timeout: 180_000 }, () => {
  it('shows a code, is scanned, becomes ready, hears, answers, takes back', async () => {
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

    const sent: Wire[] = [];
    const gone: Wire[] = [];
    const read: string[] = [];
    web.seen.subscribe((seen) => {
      if (seen.type === 'sent') sent.push(seen.message);
      if (seen.type === 'revoked') gone.push(seen.message);
      if (seen.type === 'read' || seen.type === 'typing') read.push(`${seen.type} ${seen.chat}`);
    });
    const messages = one({ type: 'text', text: 'Good day' }, heard.messageId);
    const answer = await opened.send({ to: ada.pn, key: key(), messages });
    expect(sent).toMatchObject([
      { remote: ada.pn, type: 'chat', body: 'Good day', quotedStanzaID: said.id, fromMe: true },
    ]);
    const externalId = answer.messages[0]!.externalId!;
    expect(externalId).toBe(`true_${ada.pn}_${sent[0]!.id}`);
    // Sending does not tell the customer that we read; only this does.
    expect(read).toEqual([]);
    await opened.markRead!(heard.receipt!);
    await opened.typing!(ada.pn);
    expect(read).toEqual([`read ${ada.pn}`, `typing ${ada.pn}`]);

    for (const ack of [2, 3, 2]) web.ack(owner, sent[0]!, ack);
    await event('receipt', ({ state }) => state === 'read');
    expect(events.flatMap((one) => (one.kind === 'receipt' ? [one.state, ...one.messageIds!] : []))).toEqual([
      'delivered',
      externalId,
      'read',
      externalId,
    ]);
    // Our own send is no echo; what the owner writes on the phone is one.
    expect(events.filter(({ kind }) => kind === 'echo')).toEqual([]);
    web.write(owner, ada, 'From the phone');
    expect(await event('echo')).toMatchObject({ from: ada.pn, content: { text: 'From the phone' } });

    web.say(owner, ada, { body: 'An answer', quotedStanzaID: sent[0]!.id, quotedParticipant: owner.pn });
    expect(await event('message', ({ quoted }) => quoted !== undefined)).toMatchObject({ quoted: externalId });
    web.react(owner, sent[0]!, '👍');
    expect(await event('notice')).toMatchObject({ what: 'reaction', text: '👍', from: ada.pn });
    web.edit(owner, said, 'Hello again');
    expect(await event('edit')).toMatchObject({ messageId: heard.messageId, content: { text: 'Hello again' } });
    web.revoke(owner, said);
    expect(await event('recall')).toMatchObject({ messageId: heard.messageId });

    await opened.recall!({ to: ada.pn, externalId });
    expect(gone.map(({ id }) => id)).toEqual([sent[0]!.id]);
    await expect(opened.recall!({ to: ada.pn, externalId })).rejects.toThrow(Refused);
    expect(events.filter((one) => one.kind === 'recall' && one.messageId === externalId)).toEqual([]);
  });

  it('files both ways, places, hidden ids; and refuses what WhatsApp would swallow', async () => {
    const web = server();
    const owner = web.owner('Files');
    const bob = web.customer('Bob', true);
    const { opened, state, event } = await machine(web);
    web.scan((await state('qr')).qr, owner);
    await state('ready');
    const stored = web.files.add({ name: 'a.png', mime: 'image/png', bytes: PNG, at: 0 });
    web.say(owner, bob, { type: 'image', caption: 'Look', mimetype: 'image/png', size: PNG.length, file: stored.id });
    const picture = await event('message', ({ content }) => content.type === 'image');
    expect(picture).toMatchObject({
      from: bob.lid,
      aliases: [bob.pn],
      content: { media: { mime: 'image/png', state: 'fetching' } },
    });
    expect(await event('message', ({ content }) => content.type === 'text')).toMatchObject({
      content: { text: 'Look' },
    });
    const { stream, mime } = await opened.media!((picture.content as { media: Media }).media.source!);
    expect(mime).toBe('image/png');
    expect(Buffer.from(await new Response(stream).arrayBuffer())).toEqual(PNG);

    const sent: Wire[] = [];
    web.seen.subscribe((seen) => seen.type === 'sent' && sent.push(seen.message));
    const to = bob.lid;
    await opened.send({
      to,
      key: key(),
      messages: one({ type: 'file', media: { name: 'list.pdf', mime: 'application/pdf' } }),
    });
    await opened.send({
      to,
      key: key(),
      messages: one({ type: 'voice', media: { name: 'a.ogg', mime: 'audio/ogg' } }),
    });
    await opened.send({
      to,
      key: key(),
      messages: one({ type: 'location', latitude: 31.2, longitude: 121.5, title: 'Shop' }),
    });
    expect(sent).toMatchObject([
      { type: 'document', filename: 'list.pdf', remote: to },
      { type: 'ptt', mimetype: 'audio/ogg; codecs=opus' },
      { type: 'location', lat: 31.2, lng: 121.5, loc: 'Shop' },
    ]);
    expect(Buffer.from(web.files.get(sent[0]!.file!)!.bytes).toString()).toBe('file list.pdf');

    const text = { type: 'text' as const, text: 'x' };
    await expect(opened.send({ to: '491700000000@c.us', key: key(), messages: one(text) })).rejects.toMatchObject({
      code: 'unreachable',
    });
    await expect(opened.send({ to, key: key(), messages: one(text, `false_${to}_NONE`) })).rejects.toMatchObject({
      code: 'quote_gone',
    });
    await expect(opened.send({ to: '../x', key: key(), messages: one(text) })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(sent).toHaveLength(3);
  });

  it('goes on after a restart, on this machine and on another, and fetches what was said meanwhile', async () => {
    const web = server();
    const owner = web.owner('Moving');
    const ada = web.customer('Ada');
    const saved = store();
    const first = await machine(web, saved);
    web.scan((await first.state('qr')).qr, owner);
    await first.state('ready');
    await first.opened.close();
    expect(saved.size).toBeGreaterThan(0);
    web.say(owner, ada, { body: 'Is anybody there?' });

    const second = await machine(web, saved, first.folder);
    await second.state('ready');
    expect(second.states.map(({ state }) => state)).not.toContain('qr');
    expect(await second.event('message')).toMatchObject({ content: { text: 'Is anybody there?' } });
    await second.opened.close();

    const elsewhere = await machine(web, saved);
    await elsewhere.state('ready');
    expect(elsewhere.states.map(({ state }) => state)).not.toContain('qr');
    expect(elsewhere.folder).not.toBe(first.folder);
  });

  it('is taken over when its hub dies: the browser left behind is ended, and one that crashes is opened again', async () => {
    const web = server();
    const owner = web.owner('Dying');
    const first = await machine(web);
    web.scan((await first.state('qr')).qr, owner);
    await first.state('ready');
    // Chromium writes down what a page stores some seconds later; a crash before that loses the login.
    await sleep(7_000);
    const old = await pidOf(first.folder);
    expect(alive(old)).toBe(true);
    // The first says no more: as if its process were stopped. The second takes its profile.
    const second = await machine(web, first.saved, first.folder);
    await second.state('ready');
    expect(alive(old)).toBe(false);
    const now = await pidOf(first.folder);
    expect(now).not.toBe(old);
    await first.opened.close();
    // Closing the dead one must not take the living one's browser.
    expect(alive(now)).toBe(true);

    process.kill(now, 'SIGKILL');
    await second.state('disconnected');
    await vi.waitFor(() => expect(second.states.at(-1)?.state).toBe('ready'), { timeout: 60_000 });
    await second.opened.close();
    expect(alive(now)).toBe(false);
    await expect(pidOf(first.folder)).rejects.toThrow();
  });

  it('stops when the phone ends the login, when WhatsApp blocks, and takes a typed code instead of a scan', async () => {
    const web = server();
    const owner = web.owner('Leaving');
    const { opened, state, states, saved, folder } = await machine(web);
    await state('qr');
    await opened.pair!(owner.number);
    const { code } = await state('code');
    expect(code).toMatch(/^[A-Z0-9]{8}$/);
    expect(web.enter(code, owner)).toBe(true);
    await state('ready');
    web.endLogins(owner);
    expect(await state('failed')).toMatchObject({ code: 'logged_out' });
    expect(saved.size).toBe(0);
    // The library may have made the folder anew by now: an empty one holds no login.
    expect(await readdir(join(folder, 'session')).catch(() => [])).toEqual([]);
    const messages = one({ type: 'text', text: 'x' });
    await expect(opened.send({ to: '4917000@c.us', key: key(), messages })).rejects.toMatchObject({
      code: 'logged_out',
    });
    await opened.close();

    const again = await machine(web, saved, folder);
    web.scan((await again.state('qr')).qr, owner);
    await again.state('ready');
    web.state(owner, 'TIMEOUT');
    web.state(owner, 'CONNECTED');
    web.state(owner, 'TOS_BLOCK');
    expect(await again.state('failed')).toMatchObject({ code: 'blocked' });
    expect(states.length).toBeGreaterThan(3);
  });
});

async function pidOf(folder: string): Promise<number> {
  const lock = await readlink(join(folder, 'session', 'SingletonLock'));
  return Number(lock.slice(lock.lastIndexOf('-') + 1));
}
