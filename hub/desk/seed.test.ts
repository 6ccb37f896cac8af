import { expect, test } from 'vitest';
import type { Connector } from '../../connectors/connector.ts';
import { connectors } from '../../connectors/index.ts';
import { createApp } from '../app.ts';
import type { Hub } from '../hub.ts';
import { platformOf, sandboxesOf } from '../sandboxes.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { asking, signIn, told } from '../test/people.ts';
import { connectDemo } from './demo.ts';
import { newPassword, seedDemo } from './seed.ts';

test('an empty house with the sandbox on gets a demo, once, whose LINE account works', async () => {
  let app: TestHub['app'] | undefined;
  const run = await testHub({
    vars: { SANDBOX: '1' },
    fetch: (async (input: string, init?: RequestInit) => await app!.request(input, init)) as typeof fetch,
  });
  app = createApp(run.hub);
  const owner = (await seedDemo(run.hub))!;
  expect(owner).toMatchObject({ username: 'owner', password: expect.stringMatching(/^[a-zA-Z2-9]{16}$/) });
  expect(await seedDemo(run.hub)).toBeNull();
  await connectDemo(run.hub, owner.organisationId);
  const ask = asking(app, await signIn(app, owner.username, owner.password));
  expect((await told(ask('GET', '/members'))).body.items.map((one: { role: string }) => one.role)).toEqual([
    'owner',
    'agent',
    'agent',
  ]);
  expect((await told(ask('GET', '/groups'))).body.items).toHaveLength(2);
  expect((await told(ask('GET', '/auto-replies'))).body.items).toHaveLength(3);
  expect((await told(ask('GET', '/words'))).body.total).toBeGreaterThan(5);
  const { items } = (await told(ask('GET', '/channels'))).body;
  const expected = [
    'web',
    ...Object.values(connectors).flatMap((one) => (canBePlayed(run.hub, one) ? [one.name] : [])),
  ];
  expect(items.map((one: { connector: string }) => one.connector).sort()).toEqual(expected.sort());
  for (const item of items) {
    expect(item.sandbox, item.connector).toBe(item.connector !== 'web');
    if (item.connector === 'web') continue;
    const { points } = (await told(ask('POST', `/channels/${item.id}/check`))).body;
    expect(points?.length, item.connector).toBeGreaterThan(0);
    expect(
      points.filter((point: { ok: boolean }) => !point.ok),
      item.connector,
    ).toEqual([]);
  }
});
const canBePlayed = (hub: Hub, connector: Connector) =>
  connector.name !== 'web' && !connector.link && sandboxesOf(hub).has(platformOf(connector));

test('without the sandbox, or where somebody lives already, nothing is made', async () => {
  const plain = await testHub();
  expect(await seedDemo(plain.hub)).toBeNull();
  expect((await told(asking(plain.app)('GET', '/setup'))).body.needsOwner).toBe(true);
  const taken = await testHub({ vars: { SANDBOX: '1' } });
  await asking(taken.app)('POST', '/setup', {
    organisation: 'x',
    name: 'x',
    username: 'boss',
    password: 'long enough',
  });
  expect(await seedDemo(taken.hub)).toBeNull();
  expect(await taken.hub.db.everywhere.selectFrom('organisations').select('id').execute()).toHaveLength(1);
});

test('passwords use their whole alphabet', () => {
  expect(new Set(newPassword(5000)).size).toBe(55);
  expect(newPassword()).not.toBe(newPassword());
});
