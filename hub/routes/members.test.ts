import { expect, test } from 'vitest';
import { newId } from '../id.ts';
import type { News } from '../live.ts';
import { group } from '../test/build.ts';
import { testHub } from '../test/hub.ts';
import { asking, PASSWORD, person, signIn, staff, told } from '../test/people.ts';

test('an admin adds a colleague, who signs in; the trail holds it without the password', async () => {
  const run = await testHub();
  const { admin, org } = await staff(run);
  const groupId = await group(org, '售前');
  const news: News[] = [];
  run.hub.live.subscribe((_id, some) => void news.push(...some));
  const made = await told(
    admin.ask('POST', '/members', {
      name: '客服一号',
      username: 'New.One',
      email: 'new@example.com',
      password: 'their password',
      role: 'agent',
      groupIds: [groupId],
      cap: 5,
    }),
  );
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: '客服一号',
      username: 'new.one',
      email: 'new@example.com',
      role: 'agent',
      cap: 5,
      groupIds: [groupId],
      disabled: false,
      serving: 0,
    },
  });
  expect(news).toContainEqual({ kind: 'changed', area: 'members' });
  await signIn(run.app, 'new.one', 'their password');
  const trail = await org.select('audit').selectAll().execute();
  expect(trail).toHaveLength(1);
  expect(trail[0]).toMatchObject({ action: 'member.created', subject: made.body.id, member_id: admin.id });
  expect(JSON.stringify(trail)).not.toContain('their password');
});

test('a taken name or address is told at its field, in every organisation', async () => {
  const run = await testHub();
  const { admin } = await staff(run);
  const other = await staff(run, 'Other');
  await person(run, other.org, 'agent', { username: 'taken', email: 'taken@example.com' });
  const wish = { name: 'x', username: 'free', password: 'long enough', role: 'agent' };
  expect(await told(admin.ask('POST', '/members', { ...wish, username: 'TAKEN' }))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'username', message: 'taken' }] },
  });
  expect(await told(admin.ask('POST', '/members', { ...wish, email: 'Taken@example.com' }))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'email', message: 'taken' }] },
  });
  expect((await admin.ask('POST', '/members', wish)).status).toBe(201);
});

test('nobody gives more than they have, and only owners touch owners', async () => {
  const run = await testHub();
  const { admin, owner, agent } = await staff(run);
  expect(
    (await admin.ask('POST', '/members', { name: 'x', username: 'xyz', password: 'long enough', role: 'owner' }))
      .status,
  ).toBe(403);
  expect((await admin.ask('PATCH', `/members/${agent.id}`, { role: 'owner' })).status).toBe(403);
  for (const patch of [{ role: 'agent' }, { disabled: true }, { password: 'taken over' }, { name: 'x' }]) {
    expect(await told(admin.ask('PATCH', `/members/${owner.id}`, patch)), JSON.stringify(patch)).toMatchObject({
      status: 403,
      body: { code: 'not_allowed' },
    });
  }
  await signIn(run.app, owner.username);
  expect((await owner.ask('PATCH', `/members/${agent.id}`, { role: 'owner' })).status).toBe(200);
  // Another owner may not be put out by the first; one may go by oneself.
  expect((await owner.ask('PATCH', `/members/${agent.id}`, { disabled: true })).status).toBe(403);
  expect((await owner.ask('PATCH', `/members/${owner.id}`, { role: 'agent' })).status).toBe(200);
});

test('the last owner stays, also when two leave at once', async () => {
  const run = await testHub();
  const { owner, org } = await staff(run);
  expect(await told(owner.ask('PATCH', `/members/${owner.id}`, { role: 'admin' }))).toMatchObject({
    status: 409,
    body: { code: 'last_owner' },
  });
  expect(await told(owner.ask('PATCH', `/members/${owner.id}`, { disabled: true }))).toMatchObject({
    status: 409,
    body: { code: 'last_owner' },
  });
  const second = await person(run, org, 'owner');
  const answers = await Promise.all(
    [owner, second].map((one) => one.ask('PATCH', `/members/${one.id}`, { role: 'admin' })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
});

test('a new password ends the old sign-ins', async () => {
  const run = await testHub();
  const { admin, agent } = await staff(run);
  expect((await admin.ask('PATCH', `/members/${agent.id}`, { password: 'a new password' })).status).toBe(200);
  expect((await agent.ask('GET', '/me')).status).toBe(401);
  await signIn(run.app, agent.username, 'a new password');
});

test('I change my own: name, status, cap, some preferences, password', async () => {
  const run = await testHub();
  const { agent, org } = await staff(run);
  const news: News[] = [];
  run.hub.live.subscribe((_id, some) => void news.push(...some));
  expect(
    await told(agent.ask('PATCH', '/me', { name: '客服二号', status: 'away', cap: 3, preferences: { theme: 'dark' } })),
  ).toMatchObject({
    status: 200,
    body: { member: { name: '客服二号', status: 'away', cap: 3 }, preferences: { theme: 'dark', sendWith: 'enter' } },
  });
  expect(await told(agent.ask('PATCH', '/me', { preferences: { sendWith: 'ctrl-enter' } }))).toMatchObject({
    body: { preferences: { theme: 'dark', sendWith: 'ctrl-enter' } },
  });
  expect(news).toContainEqual({ kind: 'member', id: agent.id });
  expect((await org.select('audit').selectAll().execute()).map((row) => [row.action, row.before, row.after])).toEqual([
    ['member.changed', { name: agent.username, cap: 10 }, { name: '客服二号', cap: 3 }],
  ]);
  expect((await agent.ask('PATCH', '/me', { cap: 100 })).status).toBe(400);
  expect((await agent.ask('PATCH', '/me', { avatar: 'javascript:alert(1)' })).status).toBe(400);
  expect((await told(agent.ask('PATCH', '/me', { role: 'owner' }))).body.member.role).toBe('agent');

  const elsewhere = asking(run.app, await signIn(run.app, agent.username));
  expect(await told(agent.ask('POST', '/me/password', { current: 'wrong', next: 'my next password' }))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'current', message: 'wrong' }] },
  });
  expect((await agent.ask('POST', '/me/password', { current: PASSWORD, next: 'my next password' })).status).toBe(204);
  expect((await agent.ask('GET', '/me')).status).toBe(200);
  expect((await elsewhere('GET', '/me')).status).toBe(401);
  await signIn(run.app, agent.username, 'my next password');
});

test('groups: made, renamed, emptied, and deleted once nothing names them', async () => {
  const run = await testHub();
  const { admin, agent, org } = await staff(run);
  const made = await told(admin.ask('POST', '/groups', { name: ' 售后 ', memberIds: [agent.id, agent.id] }));
  expect(made).toMatchObject({ status: 201, body: { name: '售后', memberIds: [agent.id], waiting: 0 } });
  const { id } = made.body;
  expect(await told(admin.ask('POST', '/groups', { name: '售后', memberIds: [] }))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'name', message: 'taken' }] },
  });
  expect(await told(admin.ask('PATCH', `/groups/${id}`, { memberIds: [] }))).toMatchObject({
    status: 200,
    body: { name: '售后', memberIds: [] },
  });
  expect(await told(admin.ask('PATCH', `/groups/${id}`, { memberIds: [newId()] }))).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'memberIds', message: 'unknown' }] },
  });
  const channel = (await told(admin.ask('POST', '/channels', { connector: 'web', name: 'Web', groupId: id }))).body;
  const document = { fallback: { on: { to: 'group', groupId: id } } };
  expect((await admin.ask('PUT', '/settings/routing', { version: 0, document })).status).toBe(200);
  expect(await told(admin.ask('DELETE', `/groups/${id}`))).toMatchObject({
    status: 409,
    body: {
      code: 'in_use',
      where: [
        { area: 'routing', path: 'fallback.on.groupId' },
        { kind: 'channel', id: channel.id, name: 'Web' },
      ],
    },
  });
  expect((await admin.ask('PUT', '/settings/routing', { version: 1, document: {} })).status).toBe(200);
  expect((await admin.ask('PATCH', `/channels/${channel.id}`, { groupId: null })).status).toBe(200);
  expect((await admin.ask('DELETE', `/groups/${id}`)).status).toBe(204);
  expect((await org.select('audit').select('action').execute()).map((row) => row.action)).toContain('group.deleted');
});
