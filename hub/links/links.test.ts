import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Connector } from '../../connectors/connector.ts';
import { Misconfigured, Retry } from '../../connectors/errors.ts';
import type { Inbound } from '../../core/inbound.ts';
import { accept } from '../desk/accept.ts';
import { replay } from '../desk/park.ts';
import { reply } from '../desk/reply.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import type { Org } from '../store/org.ts';
import { member, organisation } from '../test/build.ts';
import { memoryLive, type TestHub, testHub } from '../test/hub.ts';
import type { fakeConnector as Fake } from '../test/links.ts';
import { savedLogin } from './saved.ts';

const fake = await vi.hoisted(
  async () => (await import('../test/links.ts')).fakeConnector() as ReturnType<typeof Fake>,
);
vi.mock('../../connectors/index.ts', async (load) => {
  const { connectors } = await load<{ connectors: Record<string, Connector> }>();
  return { connectors: { ...connectors, 'fake-link': fake.connector } };
});

async function channel(hub: Hub, org: Org, more: { enabled?: boolean } = {}): Promise<string> {
  const id = newId();
  const row = { id, key: `fake-${id}`, connector: 'fake-link', name: 'Fake', config: '{}', ...more };
  await org
    .insert('channels', {
      ...row,
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
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  return id;
}

const row = async (org: Org, id: string) =>
  await org.select('channels').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const soon = { timeout: 15_000, interval: 20 };
const until = <T>(look: () => T | Promise<T>) => vi.waitFor(look, soon);
const linkOf = (id: string) => fake.opened.filter(({ holder }) => holder.folder.endsWith(id));
const opened = (id: string, count = 1) =>
  until(() => {
    const links = linkOf(id);
    expect(links).toHaveLength(count);
    return links[count - 1]!;
  });
const said = (text: string, more: Partial<Inbound> = {}): Inbound =>
  ({
    kind: 'message',
    from: 'ada',
    externalId: text,
    messageId: text,
    at: 0,
    content: { type: 'text', text },
    ...more,
  }) as Inbound;

/** A started hub with an organisation, and as many more on the same database. */
async function house(hubs = 1, parts: Parameters<typeof testHub>[0] = {}) {
  const databaseUrl = await cloneDatabase();
  const live = memoryLive(new Set());
  const all: TestHub[] = [];
  for (let count = 0; count < hubs; count++) all.push(await testHub({ databaseUrl, live, ...parts }));
  const org = await organisation(all[0]!.hub);
  for (const { hub } of all) hub.links.start();
  return { all, hub: all[0]!.hub, org, orgs: all.map(({ hub }) => hub.db.org(org.id)), databaseUrl };
}

test('one of two hubs holds an account, tells how it is, and the other takes it over when that one stops', async () => {
  const { all, hub, org } = await house(2);
  const id = await channel(hub, org);
  const first = await opened(id);
  const holders = all.filter((one) => one.hub.links.get(id));
  expect(holders).toHaveLength(1);
  first.holder.state({ state: 'qr', qr: 'a,b,c' });
  await until(async () => expect((await row(org, id)).link).toMatchObject({ state: 'qr', qr: 'a,b,c' }));
  first.holder.state({ state: 'ready', account: '4915550000001', name: 'Shop' });
  await until(async () =>
    expect(await row(org, id)).toMatchObject({
      account: '4915550000001',
      health: 'ok',
      link: { state: 'ready', name: 'Shop' },
    }),
  );

  await holders[0]!.hub.links.stop();
  expect(first.closed).toBe(true);
  await opened(id, 2);
  const other = all.find((one) => one !== holders[0])!;
  await until(() => expect(other.hub.links.get(id)).toBeDefined());
  expect(linkOf(id)).toHaveLength(2);
});

test('a hub whose connection dies lets its accounts go at once; they are taken again', async () => {
  const { hub, org, databaseUrl } = await house();
  const id = await channel(hub, org);
  const first = await opened(id);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(() => client.end());
  const { rowCount } = await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'haina links' and datname = current_database()",
  );
  expect(rowCount).toBe(1);
  await until(() => expect(first.closed).toBe(true));
  await opened(id, 2);
  // One connection beside the pool, however many accounts.
  await channel(hub, org).then((more) => opened(more));
  const { rows } = await client.query(
    "select count(*)::int as n from pg_stat_activity where application_name = 'haina links' and datname = current_database()",
  );
  expect(rows[0].n).toBe(1);
});

test('what a customer says is kept; an answer goes out through the holder, whichever hub it is written at', async () => {
  const { all, hub, org } = await house(2);
  const id = await channel(hub, org);
  const link = await opened(id);
  link.holder.state({ state: 'ready', account: '1' });
  await link.holder.receive([said('hello', { receipt: 'chat-1' } as never)]);
  const session = await org.select('sessions').selectAll().where('channel_id', '=', id).executeTakeFirstOrThrow();
  const away = all.find((one) => !one.hub.links.get(id))!;
  const awayOrg = away.hub.db.org(org.id);
  const agent = await member(away.hub, awayOrg);
  await awayOrg
    .update('sessions')
    .set({ state: 'waiting', waiting_since: new Date() })
    .where('id', '=', session.id)
    .execute();
  await accept(away.hub, awayOrg, agent, session.id);
  const message = { id: newId(), content: { type: 'text' as const, text: 'good day' } };
  await reply(away.hub, awayOrg, agent, session.id, message);
  await until(async () => {
    const sent = await org.select('messages').selectAll().where('id', '=', message.id).executeTakeFirstOrThrow();
    expect(sent).toMatchObject({ delivery: 'sent', external_id: `sent-${message.id}` });
  });
  expect(link.sent.map(({ to, messages }) => [to, messages[0]!.content])).toContainEqual([
    'ada',
    { type: 'text', text: 'good day' },
  ]);
  away.hub.outbox.typing(org.id, session as never);
  away.hub.outbox.markRead(org.id, { ...session, receipt: 'chat-1' } as never);
  await until(() => expect(link.calls.toSorted()).toEqual(['markRead "chat-1"', 'typing "ada"']));
});

test('messages wait while it is not open and fail with the reason when it needs a person', async () => {
  const { hub, org } = await house();
  const id = await channel(hub, org);
  const link = await opened(id);
  await link.holder.receive([said('hello')]);
  const session = await org.select('sessions').selectAll().where('channel_id', '=', id).executeTakeFirstOrThrow();
  const agent = await member(hub, org);
  await org
    .update('sessions')
    .set({ state: 'waiting', waiting_since: new Date() })
    .where('id', '=', session.id)
    .execute();
  await accept(hub, org, agent, session.id);
  link.onSend = () => {
    throw new Retry('not open');
  };
  const write = async (text: string) => {
    const messageId = newId();
    await reply(hub, org, agent, session.id, { id: messageId, content: { type: 'text', text } });
    await hub.outbox.idle();
    return messageId;
  };
  const one = await write('waits');
  const deliveryOf = async (messageId: string) =>
    await org
      .select('messages')
      .select(['delivery', 'error_code'])
      .where('id', '=', messageId)
      .executeTakeFirstOrThrow();
  expect(await deliveryOf(one)).toMatchObject({ delivery: 'pending', error_code: 'retrying' });
  link.onSend = () => {
    throw new Misconfigured('logged_out', 'The phone has ended this login.');
  };
  await until(async () =>
    expect(await deliveryOf(one)).toMatchObject({ delivery: 'failed', error_code: 'logged_out' }),
  );
});

test('failed: the admin is told, it stays so after a restart, and a person opens it again', async () => {
  const { hub, org, all } = await house(2);
  const id = await channel(hub, org);
  const link = await opened(id);
  link.holder.state({ state: 'failed', code: 'not_scanned', reason: 'Nobody scanned the code.' });
  await until(async () =>
    expect(await row(org, id)).toMatchObject({ health: 'attention', health_code: 'not_scanned' }),
  );
  const holder = all.find((one) => one.hub.links.get(id))!;
  await holder.hub.links.stop();
  const other = all.find((one) => one !== holder)!;
  await until(() => expect(other.hub.links.get(id)).toBeDefined());
  await expect(other.hub.links.get(id)!.send({ to: 'x', key: 'k', messages: [] })).rejects.toMatchObject({
    code: 'not_scanned',
  });
  expect(linkOf(id)).toHaveLength(1);
  other.hub.links.order(org.id, id, { do: 'open' });
  const again = await opened(id, 2);
  again.holder.state({ state: 'qr', qr: 'x' });
  other.hub.links.order(org.id, id, { do: 'pair', phone: '4915550000001' });
  await until(() => expect(again.calls).toEqual(['pair "4915550000001"']));
});

test('the same number twice: the second is logged out again and says why', async () => {
  const { hub, org } = await house();
  const [one, two] = [await channel(hub, org), await channel(hub, org)];
  (await opened(one)).holder.state({ state: 'ready', account: '4915550000001' });
  await until(async () => expect((await row(org, one)).account).toBe('4915550000001'));
  const second = await opened(two);
  second.holder.state({ state: 'ready', account: '4915550000001' });
  await until(() => expect(second.calls).toContain('logout'));
  await until(async () =>
    expect(await row(org, two)).toMatchObject({ account: null, link: { state: 'failed', code: 'already_connected' } }),
  );
});

test('switched off: let go with the login kept; deleted: logged out and nothing kept', async () => {
  const { hub, org } = await house();
  const id = await channel(hub, org);
  const link = await opened(id);
  const saved = savedLogin(hub, org.id, id);
  await link.holder.saved.save(new Blob(['login']).stream() as ReadableStream<Uint8Array>);
  await mkdir(link.holder.folder, { recursive: true });
  await writeFile(join(link.holder.folder, 'memo.json'), '{}');
  await org.update('channels').set({ enabled: false }).where('id', '=', id).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  await until(() => expect(link.closed).toBe(true));
  expect(link.calls).toEqual([]);
  expect(await new Response(await saved.load()).text()).toBe('login');

  await org.update('channels').set({ enabled: true }).where('id', '=', id).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  const again = await opened(id, 2);
  await org.update('channels').set({ enabled: false, deleted_at: new Date() }).where('id', '=', id).execute();
  hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
  await until(() => expect(again.calls).toEqual(['logout']));
  await until(async () => expect(await saved.load()).toBeNull());
  await until(() => expect(existsSync(again.holder.folder)).toBe(false));
});

test('what our own code fails on is laid aside and can be taken in again', async () => {
  const { hub, org } = await house();
  const id = await channel(hub, org);
  const link = await opened(id);
  const receive = vi.spyOn(hub as { receive: Hub['receive'] }, 'receive').mockRejectedValueOnce(new Error('a bug'));
  await link.holder.receive([said('poison')]);
  const parked = await org.select('parked').selectAll().where('channel_id', '=', id).executeTakeFirstOrThrow();
  expect(parked.error).toContain('a bug');
  receive.mockRestore();
  await replay(hub, org, parked.id);
  expect(await org.select('messages').select('external_id').where('channel_id', '=', id).execute()).toContainEqual({
    external_id: 'poison',
  });
  // A database that is away is no bug: it is offered again.
  vi.spyOn(hub as { receive: Hub['receive'] }, 'receive').mockRejectedValueOnce(
    Object.assign(new Error('gone'), { code: '57P01' }),
  );
  await expect(link.holder.receive([said('later')])).rejects.toThrow('gone');
});

test('files of such a channel are fetched by the holder', async () => {
  const { all, hub, org } = await house(2);
  const id = await channel(hub, org);
  const link = await opened(id);
  const content = { type: 'file', media: { source: 'the bytes', state: 'fetching', name: 'a.txt' } };
  await link.holder.receive([said('file', { content } as never)]);
  await until(async () => {
    const media = await org.select('media').select(['state', 'size']).executeTakeFirstOrThrow();
    expect(media).toMatchObject({ state: 'ready', size: 9 });
  });
  expect(all.filter((one) => one.hub.links.get(id))).toHaveLength(1);
});
