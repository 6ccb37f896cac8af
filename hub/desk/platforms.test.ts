import { expect, test } from 'vitest';
import { apps } from '../../connectors/apps.ts';
import { createApp } from '../app.ts';
import { callbackUrl, platformOfApp, sandboxesOf } from '../sandboxes.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { staff, told } from '../test/people.ts';

/** A hub whose way out leads back to itself: that is where the stand-ins are. */
async function withSandboxes(): Promise<TestHub> {
  let app: TestHub['app'] | undefined;
  const run = await testHub({
    vars: { SANDBOX: '1' },
    fetch: (async (input: string, init?: RequestInit) => await app!.request(input, init)) as typeof fetch,
  });
  app = createApp(run.hub);
  return { ...run, app };
}

const playable = Object.values(apps);

test.each(playable.map((kind) => [kind.name, kind] as const))(
  '%s: an app is registered, an account’s owner consents, and the account is a channel that is well',
  async (_, kind) => {
    const run = await withSandboxes();
    const { admin } = await staff(run);
    const sandbox = sandboxesOf(run.hub).get(platformOfApp(kind))!.sandbox;
    const made = await told(admin.ask('POST', '/apps/demo', { kind: kind.name }));
    expect(made.status).toBe(201);
    const { key } = (await run.hub.db.everywhere.selectFrom('apps').select('key').executeTakeFirstOrThrow())!;
    const credentials = sandbox.apps![kind.name]!('海纳演示 Haina Demo', callbackUrl(run.hub, kind.name, key));
    for (const connector of kind.connectors) {
      const begun = await expect
        .poll(async () => await told(admin.ask('POST', `/apps/${made.body.id}/authorise`, { connector })), {
          timeout: 20_000,
        })
        .toMatchObject({ status: 201 })
        .then(async () => await told(admin.ask('POST', `/apps/${made.body.id}/authorise`, { connector })));
      const { state } = begun.body;
      const ask = {
        state,
        redirectUrl: `${run.hub.publicUrl}/connect/${state}`,
        returnUrl: `${run.hub.publicUrl}/connect`,
        connector,
      };
      const query = await sandbox.consent!(credentials, `账号 ${connector}`, ask);
      const back = await run.app.request(`/connect/${state}?${new URLSearchParams(query)}`, {
        headers: { cookie: admin.cookie },
      });
      expect([back.status, back.headers.get('location')]).toEqual([303, expect.stringContaining('?connected=1')]);
      const { body } = await told(admin.ask('GET', `/authorisations/${state}`));
      expect(body.status).toBe('done');
      const channel = (await told(admin.ask('GET', `/channels/${body.channelIds[0]}`))).body;
      expect(channel).toMatchObject({ connector, appId: made.body.id, account: expect.any(String), sandbox: true });
      // Saving its form, empty as it is, does not undo it.
      expect((await told(admin.ask('PATCH', `/channels/${channel.id}`, { config: {} }))).status).toBe(200);
      const { points } = (await told(admin.ask('POST', `/channels/${channel.id}/check`))).body;
      expect(points.filter((point: { ok: boolean }) => !point.ok)).toEqual([]);
    }
    const shown = (await told(admin.ask('GET', `/apps/${made.body.id}`))).body;
    expect(shown.channels).toBe(kind.connectors.length);
    expect(JSON.stringify(shown.config)).not.toMatch(
      new RegExp(
        Object.values(credentials)
          .filter((value) => value.length > 20)
          .join('|') || '^$',
      ),
    );
  },
  30_000,
);
