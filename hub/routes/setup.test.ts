import { expect, test } from 'vitest';
import { testHub } from '../test/hub.ts';
import { asking, told } from '../test/people.ts';

const wish = { organisation: '一家公司', name: '老板', username: 'Boss', password: 'long enough' };

test('the first who comes is the owner and signed in; the second is told', async () => {
  const { app, hub } = await testHub();
  const ask = asking(app);
  expect(await told(ask('GET', '/setup'))).toEqual({ status: 200, body: { needsOwner: true, sandbox: false } });
  const first = await ask('POST', '/setup', wish);
  expect(first.status).toBe(200);
  const me = (await first.json()) as { member: object; organisation: { id: string } };
  expect(me).toMatchObject({
    member: { role: 'owner', username: 'boss', email: null, name: '老板' },
    organisation: { name: '一家公司' },
  });
  const cookie = first.headers.getSetCookie()[0]!.split(';')[0]!;
  expect((await told(asking(app, cookie)('GET', '/me'))).body).toEqual(me);
  expect(await told(ask('GET', '/setup'))).toMatchObject({ body: { needsOwner: false } });
  expect(await told(ask('POST', '/setup', { ...wish, username: 'other' }))).toMatchObject({
    status: 409,
    body: { code: 'already_set_up' },
  });

  const words = await hub.db
    .org(me.organisation.id)
    .select('words')
    .select(['kind', 'text', 'match'])
    .orderBy('text')
    .execute();
  expect(words.map((row) => [row.kind, row.text])).toEqual([
    ['forced-human', 'r'],
    ['forced-human', '人工'],
    ['forced-human', '转人工'],
  ]);
  expect(words[0]).toMatchObject({ text: 'r', match: 'equals' });
});

test('of many at once exactly one becomes the owner', async () => {
  const { app, hub } = await testHub();
  const answers = await Promise.all(
    Array.from({ length: 5 }, (_, i) => asking(app)('POST', '/setup', { ...wish, username: `boss${i}` })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409, 409]);
  const { n } = await hub.db.everywhere
    .selectFrom('organisations')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  expect(Number(n)).toBe(1);
});

test.each([
  [{ password: 'short' }, 'password'],
  [{ username: 'a' }, 'username'],
  [{ username: 'has space' }, 'username'],
  [{ username: 'a@b.cc' }, 'username'],
  [{ organisation: '  ' }, 'organisation'],
  [{ email: 'nowhere' }, 'email'],
  [{ name: undefined }, 'name'],
])('%o is refused by name', async (change, path) => {
  const { app } = await testHub();
  const { status, body } = await told(asking(app)('POST', '/setup', { ...wish, ...change }));
  expect(status).toBe(400);
  expect(body).toMatchObject({ code: 'invalid_input', status: 400 });
  expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  expect(JSON.stringify(body)).not.toContain('long enough');
});
