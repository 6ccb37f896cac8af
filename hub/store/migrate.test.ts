import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { deciding, readAll } from '../settings/areas.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import { withClient } from '../start/postgres/login.ts';
import { Database } from './database.ts';
import { migrations } from './migrate.ts';

const ORG = '01900000-0000-7000-8000-000000000001';
const id = (n: number) => `01900000-0000-7000-8000-0000000000${n}`;

test('0005: what admins had set before is set after: texts move, route rules keep their order', async () => {
  const url = await cloneDatabase();
  await withClient(url, (client) => client.query('drop schema public cascade; create schema public'));
  const db = new Database(url, 2);
  try {
    const migrator = new Migrator({ db: db.everywhere, provider: { getMigrations: migrations } });
    const before = await migrator.migrateTo('0004_pay');
    expect(before.error).toBeUndefined();
    const documents = {
      reception: {
        mode: 'human',
        fallback: '没听懂',
        silentKeyword: false,
        queued: '第 {position} 位',
        noAgent: '稍等',
        closing: '再见',
        showAgentName: false,
        dispatcher: '小助手',
      },
      routing: {
        rules: [
          { channelId: id(11), groupId: id(21) },
          { channelId: id(12), groupId: id(22) },
        ],
        fallbackGroupId: id(23),
      },
    };
    await withClient(url, async (client) => {
      await client.query('insert into organisations (id, name) values ($1, $2)', [ORG, 'Before']);
      for (const [area, document] of Object.entries(documents))
        await client.query('insert into settings (organisation_id, area, version, document) values ($1, $2, 3, $3)', [
          ORG,
          area,
          JSON.stringify(document),
        ]);
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();

    const rows = await db.org(ORG).select('settings').select(['area', 'version', 'document']).execute();
    const { reception, texts, routing } = deciding(readAll(rows));
    expect(reception).toMatchObject({ mode: 'human', fallback: '没听懂', silentKeyword: false });
    expect(texts).toMatchObject({
      queued: '第 {position} 位',
      noAgent: '稍等',
      closing: { on: true, text: '再见' },
      showAgentName: false,
      dispatcher: '小助手',
    });
    expect(routing.rules.map((rule) => rule.kind)).toEqual(['entry', 'choice', 'rule', 'rule']);
    expect(routing.rules.slice(2)).toMatchObject([
      { when: { channelIds: [id(11)] }, on: { to: 'group', groupId: id(21) } },
      { when: { channelIds: [id(12)] }, on: { to: 'group', groupId: id(22) } },
    ]);
    expect(routing.fallback.on).toEqual({ to: 'group', groupId: id(23) });
    const revisions = await db.org(ORG).select('settings_revisions').select(['area', 'version']).execute();
    expect(revisions.map((row) => `${row.area} ${row.version}`).sort()).toEqual([
      'reception 3',
      'routing 3',
      'texts 1',
    ]);
  } finally {
    await db.close();
  }
});

test('0006: who was renamed by a member keeps what he was called before; who was not has one name', async () => {
  const url = await cloneDatabase();
  await withClient(url, (client) => client.query('drop schema public cascade; create schema public'));
  const db = new Database(url, 2);
  try {
    const migrator = new Migrator({ db: db.everywhere, provider: { getMigrations: migrations } });
    expect((await migrator.migrateTo('0005_engine')).error).toBeUndefined();
    const renames: [contact: number, before: object, after: object][] = [
      [11, { name: '访客 1A2B' }, { name: 'Wang' }],
      [11, { name: 'Wang' }, { name: 'Wang Xiaoming' }],
      [12, { name: '访客 3C4D' }, { name: 'Li' }],
      [13, { phone: null }, { phone: '123' }],
      [14, { name: 'Nini' }, { name: 'X' }],
      [14, { name: 'X' }, { name: 'Nini' }],
    ];
    await withClient(url, async (client) => {
      await client.query('insert into organisations (id, name) values ($1, $2)', [ORG, 'Before']);
      await client.query(
        `insert into channels (organisation_id, id, connector, name, key, config) values ($1, $2, 'line', 'L', 'k', '{}')`,
        [ORG, id(20)],
      );
      for (const [contact, name, nickname] of [
        [11, 'Wang Xiaoming', null],
        [12, 'Li', '妮妮'],
        [13, 'Anna', 'Anna'],
        [14, 'Nini', null],
      ] as const) {
        await client.query('insert into contacts (organisation_id, id, name) values ($1, $2, $3)', [
          ORG,
          id(contact),
          name,
        ]);
        await client.query(
          'insert into identities (organisation_id, id, contact_id, channel_id, external_id, name) values ($1, $2, $3, $4, $5, $6)',
          [ORG, id(contact + 20), id(contact), id(20), `U${contact}`, nickname],
        );
      }
      for (const [index, [contact, before, after]] of renames.entries())
        await client.query(
          `insert into audit (organisation_id, id, action, subject, before, after) values ($1, $2, 'contact.changed', $3, $4, $5)`,
          [ORG, id(50 + index), id(contact), JSON.stringify(before), JSON.stringify(after)],
        );
    });
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const rows = await db.org(ORG).select('contacts').select(['name', 'nickname']).orderBy('id').execute();
    expect(rows).toEqual([
      { name: 'Wang Xiaoming', nickname: '访客 1A2B' },
      { name: 'Li', nickname: '妮妮' },
      { name: 'Anna', nickname: null },
      { name: 'Nini', nickname: null },
    ]);
  } finally {
    await db.close();
  }
});
