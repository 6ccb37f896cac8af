import { describe, expect, test } from 'vitest';
import { createApp } from '../app.ts';
import { sandboxAccount } from '../sandboxes.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';

const LINE = {
  channelId: '1234567890',
  channelSecret: '0123456789abcdef0123456789abcdef',
  accessToken: 'a-token-that-is-long-enough-for-line',
};

describe('connecting', () => {
  test('a web plugin gets its key, secret, page and snippet', async () => {
    const run = await testHub({ vars: { PUBLIC_URL: 'https://chat.example.com' } });
    const { admin } = await staff(run);
    const { status, body } = await told(
      admin.ask('POST', '/channels', {
        connector: 'web',
        name: '官网',
        style: { title: '你好', background: '#112233' },
      }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      connector: 'web',
      name: '官网',
      enabled: true,
      config: { secret: true },
      callbackUrl: null,
      style: { title: '你好', background: '#112233', size: 'medium', width: 400 },
      chatUrl: `https://chat.example.com/chat/${body.key}`,
      health: { state: 'new' },
    });
    expect(body.key).toMatch(/^[\w-]{22}$/);
    expect(body.snippet).toContain(`src="https://chat.example.com/widget.js?key=${body.key}"`);
    const open = await run.hub.rulebook.channelByKey(body.key);
    expect(open!.config.secret!.length).toBeGreaterThanOrEqual(32);
    expect(
      (await told(admin.ask('PATCH', `/channels/${body.id}`, { style: { width: 500 } }))).body.style,
    ).toMatchObject({ title: '你好', width: 500 });
    expect((await run.hub.rulebook.channelByKey(body.key))!.style).toMatchObject({ width: 500 });
  });

  test('a LINE account keeps its secrets to itself', async () => {
    const run = await testHub();
    const { admin, agent, org } = await staff(run);
    const { status, body } = await told(
      admin.ask('POST', '/channels', { connector: 'line', name: 'LINE', config: LINE }),
    );
    expect(status).toBe(201);
    expect(body.config).toEqual({ channelId: '1234567890', channelSecret: true, accessToken: true });
    expect(body.callbackUrl).toBe(`${run.hub.publicUrl}/webhooks/line/${body.key}`);
    expect((await run.hub.rulebook.channelByKey(body.key))!.config).toEqual(LINE);
    // Not in any answer, not in the trail, not readable in the table.
    const seen = JSON.stringify([
      body,
      await told(admin.ask('GET', '/channels')),
      await org.select('audit').selectAll().execute(),
    ]);
    const { secrets } = await org.select('channels').select('secrets').executeTakeFirstOrThrow();
    for (const secret of [LINE.channelSecret, LINE.accessToken]) {
      expect(seen).not.toContain(secret);
      expect(secrets!.toString('latin1')).not.toContain(secret);
    }
    const asAgent = (await told(agent.ask('GET', `/channels/${body.id}`))).body;
    expect(asAgent).toMatchObject({ name: 'LINE', config: {}, key: '', callbackUrl: null });
  });

  test('each wrong field is told by its name', async () => {
    const run = await testHub();
    const { admin } = await staff(run);
    const wrong = await told(
      admin.ask('POST', '/channels', {
        connector: 'line',
        name: 'LINE',
        config: { channelId: 'x', channelSecret: 'y' },
      }),
    );
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors.map((error: { path: string }) => error.path).sort()).toMatchObject([
      'config.channelId',
      'config.channelSecret',
    ]);
    expect(
      (await told(admin.ask('POST', '/channels', { connector: 'line', name: 'LINE', config: { ...LINE, more: 'x' } })))
        .body.errors,
    ).toMatchObject([{ path: 'config.more', message: 'unknown' }]);
    expect((await told(admin.ask('POST', '/channels', { connector: 'fax', name: 'Fax' }))).body.errors).toMatchObject([
      { path: 'connector', message: 'unknown' },
    ]);
    expect((await told(admin.ask('POST', '/channels', { connector: 'constructor', name: 'x' }))).status).toBe(400);
    expect(
      (await told(admin.ask('POST', '/channels', { connector: 'web', name: 'x', style: { background: 'red' } }))).body
        .errors[0].path,
    ).toBe('style.background');
  });

  test('a secret that is not named stays; an empty one goes', async () => {
    const run = await testHub();
    const { admin, org } = await staff(run);
    const { body } = await told(admin.ask('POST', '/channels', { connector: 'line', name: 'LINE', config: LINE }));
    const config = async () => (await run.hub.rulebook.channelById(org.id, body.id))!.config;
    expect(
      (
        await told(
          admin.ask('PATCH', `/channels/${body.id}`, {
            name: 'LINE 2',
            config: { channelId: '999999', channelSecret: true },
          }),
        )
      ).body,
    ).toMatchObject({ name: 'LINE 2', config: { channelId: '999999', channelSecret: true } });
    expect(await config()).toEqual({ ...LINE, channelId: '999999' });
    await admin.ask('PATCH', `/channels/${body.id}`, { config: { accessToken: '' } });
    expect(await config()).toEqual({ channelId: '999999', channelSecret: LINE.channelSecret });
    expect(
      (await told(admin.ask('PATCH', `/channels/${body.id}`, { config: { channelSecret: null } }))).body.errors[0].path,
    ).toBe('config.channelSecret');
    const trail = await org.select('audit').select(['action', 'after']).orderBy('id').execute();
    expect(trail.map((row) => row.action)).toEqual([
      'channel.created',
      'channel.changed',
      'channel.credentials_changed',
    ]);
    expect(trail[2]!.after).toBeNull();
  });

  test('an account is connected once in the whole house, also by two at once; a deleted one is free again', async () => {
    const run = await testHub();
    const [one, two] = [await staff(run, 'One'), await staff(run, 'Two')];
    const connect = (who: typeof one) =>
      who.admin.ask('POST', '/channels', { connector: 'line', name: 'LINE', config: LINE });
    const answers = await Promise.all([connect(one), connect(two), connect(one)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409]);
    expect(await answers.find((answer) => answer.status === 409)!.json()).toMatchObject({ code: 'already_connected' });
    const made = (await answers.find((answer) => answer.status === 201)!.json()) as { id: string; key: string };
    const owner = (await one.admin.ask('GET', `/channels/${made.id}`)).status === 200 ? one : two;
    expect((await owner.admin.ask('DELETE', `/channels/${made.id}`)).status).toBe(204);
    expect((await owner.admin.ask('GET', `/channels/${made.id}`)).status).toBe(404);
    expect((await run.app.request(`/webhooks/line/${made.key}`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect((await connect(two)).status).toBe(201);
    expect((await owner.admin.ask('POST', '/channels', { connector: 'web', name: 'a' })).status).toBe(201);
    expect((await owner.admin.ask('POST', '/channels', { connector: 'web', name: 'a' })).status).toBe(201);
  });
});

describe('checking', () => {
  /** A hub whose way out leads back to itself: that is where the sandbox is. */
  async function withSandbox(): Promise<TestHub> {
    let app: TestHub['app'] | undefined;
    const run = await testHub({
      vars: { SANDBOX: '1' },
      fetch: (async (input: string, init?: RequestInit) => await app!.request(input, init)) as typeof fetch,
    });
    app = createApp(run.hub);
    return { ...run, app };
  }

  test('an account that is right becomes well, one that is wrong wants attention and says why', async () => {
    const run = await withSandbox();
    const { admin, org, supervisor } = await staff(run);
    const { body } = await told(admin.ask('POST', '/channels', { connector: 'line', name: 'LINE', config: LINE }));
    await org.update('channels').set({ sandbox: true }).where('id', '=', body.id).execute();
    run.hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);

    const bad = await told(admin.ask('POST', `/channels/${body.id}/check`));
    expect(bad).toMatchObject({ status: 200, body: { points: [{ code: 'token', ok: false }] } });
    expect(bad.body.points[0].mend).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
    expect((await told(supervisor.ask('GET', `/channels/${body.id}`))).body.health).toMatchObject({
      state: 'attention',
      code: 'token',
    });

    const account = sandboxAccount(run.hub, 'line', body.key) as Partial<typeof LINE>;
    expect(
      (await admin.ask('PATCH', `/channels/${body.id}`, { config: { accessToken: null, ...account } })).status,
    ).toBe(200);
    const good = await told(admin.ask('POST', `/channels/${body.id}/check`));
    expect(good.body.points.map((point: { ok: boolean; code: string }) => [point.code, point.ok])).toContainEqual([
      'token',
      true,
    ]);
    expect(good.body.points.every((point: { ok: boolean }) => point.ok)).toBe(true);
    expect((await told(admin.ask('GET', `/channels/${body.id}`))).body.health).toMatchObject({
      state: 'ok',
      code: null,
    });
  });

  test('the web has nothing to check', async () => {
    const run = await testHub();
    const { admin } = await staff(run);
    const { body } = await told(admin.ask('POST', '/channels', { connector: 'web', name: 'Web' }));
    expect(await told(admin.ask('POST', `/channels/${body.id}/check`))).toMatchObject({
      status: 422,
      body: { code: 'cannot_carry' },
    });
  });

  test('connectors say what they are, and where their sandbox is', async () => {
    const run = await withSandbox();
    const { agent } = await staff(run);
    const { items } = (await told(agent.ask('GET', '/connectors'))).body;
    const line = items.find((one: { name: string }) => one.name === 'line');
    expect(line).toMatchObject({
      hasCheck: true,
      sandbox: { url: `${run.hub.publicUrl}/sandbox/line/` },
      can: { text: 5000 },
    });
    expect(line.fields.find((field: { key: string }) => field.key === 'channelSecret')).toMatchObject({
      secret: true,
      required: true,
    });
  });
});
