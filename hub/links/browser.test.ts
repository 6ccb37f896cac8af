import { expect, test, vi } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { findBrowser } from '../../connectors/whatsapp-web/browser.ts';
import { accept } from '../desk/accept.ts';
import { reply } from '../desk/reply.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { sandboxAccount, sandboxesOf } from '../sandboxes.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { member, organisation } from '../test/build.ts';
import { memoryLive, type TestHub, testHub } from '../test/hub.ts';

/** Two hubs, the real library in the system's Chromium, and the sandbox in the place of WhatsApp. */
const executable = await findBrowser().catch(() => undefined);
if (!executable && process.env.CI) throw new Error('CI needs a Chromium: WhatsApp Web is tested in one.');
if (!executable) console.warn('No Chromium on this machine: holding WhatsApp Web by two hubs is not tested.');

const HOUSE = 'http://house.test';
const until = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 100 });

test.skipIf(!executable)(
  'scanned at one hub, answered at another, taken over when the first stops',
  { timeout: 180_000 },
  async () => {
    const databaseUrl = await cloneDatabase();
    const live = memoryLive(new Set());
    const all: TestHub[] = [];
    // The sandbox is one, as the platform is: both hubs reach the first one's.
    const fetch = (async (url: string | URL | Request, init?: RequestInit) =>
      await all[0]!.app.request(String(url).slice(HOUSE.length), init)) as typeof globalThis.fetch;
    const vars = { SANDBOX: '1', PUBLIC_URL: HOUSE };
    for (let count = 0; count < 2; count++) all.push(await testHub({ databaseUrl, live, fetch, vars, now: Date.now }));
    const [a] = all as [TestHub, TestHub];
    // What was sealed by one is opened by the other; their disks are two, as on two machines.
    for (const one of all.slice(1)) (one.hub as { -readonly [Key in keyof Hub]: Hub[Key] }).media = a.hub.media;
    const org = await organisation(a.hub);
    const id = newId();
    const key = `web-${id}`;
    sandboxAccount(a.hub, 'whatsapp-web', key);
    await org
      .insert('channels', {
        id,
        key,
        connector: 'whatsapp-web',
        name: 'WhatsApp',
        sandbox: true,
        config: '{}',
        group_id: null,
        secrets: null,
        style: null,
        health_code: null,
        health_text: null,
        last_inbound_at: null,
        link: null,
        points: null,
        deleted_at: null,
      })
      .execute();
    for (const { hub } of all) hub.links.start();
    const row = async () => await org.select('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    await until(async () => expect((await row()).link?.state).toBe('qr'));

    const ask = async (path: string, body?: object) =>
      await (
        await fetch(`${HOUSE}/sandbox/whatsapp-web${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { 'content-type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        })
      ).json();
    const phone = sandboxesOf(a.hub).get('whatsapp-web')!.sandbox.phone!;
    const [account] = phone.accounts();
    const { items } = await ask('/consent/pending');
    await ask(`/consent/${items[0].id}/agree`, { account: account!.id, permissions: [] });
    await until(async () =>
      expect(await row()).toMatchObject({ link: { state: 'ready' }, account: account!.id, health: 'ok' }),
    );

    const person = phone.people()[0]!.id;
    phone.say(account!.id, person, { type: 'text', text: 'Is this still there?' });
    const session = await until(
      async () => await org.select('sessions').selectAll().where('channel_id', '=', id).executeTakeFirstOrThrow(),
    );
    const holder = all.find((one) => one.hub.links.get(id))!;
    const other = all.find((one) => one !== holder)!;
    const otherOrg = other.hub.db.org(org.id);
    const agent = await member(other.hub, otherOrg);
    await otherOrg
      .update('sessions')
      .set({ state: 'waiting', waiting_since: new Date() })
      .where('id', '=', session.id)
      .execute();
    await accept(other.hub, otherOrg, agent, session.id);
    const answer = { id: newId(), content: { type: 'text' as const, text: 'It is.' } };
    await reply(other.hub, otherOrg, agent, session.id, answer);
    await until(async () =>
      expect(
        await org.select('messages').selectAll().where('id', '=', answer.id).executeTakeFirstOrThrow(),
      ).toMatchObject({
        delivery: 'read',
      }),
    );
    expect(phone.chat(account!.id, person).messages.at(-1)).toMatchObject({
      who: 'account',
      bubble: { type: 'text', text: 'It is.' },
    });
    // Our own words came back to no one.
    const rows = await org.select('messages').select('external_id').where('session_id', '=', session.id).execute();
    expect(new Set(rows.map((one) => one.external_id)).size).toBe(rows.length);

    await holder.hub.links.stop();
    await until(async () => {
      expect(other.hub.links.get(id)).toBeDefined();
      expect((await row()).link?.state).toBe('ready');
    });
    phone.say(account!.id, person, { type: 'text', text: 'And now?' });
    await until(async () =>
      expect(
        (await org.select('messages').select('content').where('session_id', '=', session.id).execute()).map(
          ({ content }) => content && 'text' in content && content.text,
        ),
      ).toContain('And now?'),
    );
    expect(connectors['whatsapp-web']?.platform).toBe('whatsapp');
    await other.hub.links.stop();
  },
);
