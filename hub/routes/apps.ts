import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { change } from '../change.ts';
import { beginConsent, readPending } from '../desk/authorise.ts';
import { appKindNamed, closeConfig, newKey } from '../desk/connect.ts';
import { inWords } from '../desk/in-words.ts';
import { appTools, forgetAll } from '../desk/tools.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import { callbackUrl, sandboxApp } from '../sandboxes.ts';
import { App, AppPatch, CheckResult, Consent, ConsentState, NewApp } from '../shapes/channels.ts';
import { showApp, showPoint } from '../show/channel.ts';
import { addApp, listApps, patchApp, setAppHealth } from '../store/apps.ts';
import type { Org } from '../store/org.ts';
import { body, byId, done, house, json, route } from './route.ts';

const tags = ['Channels'];

/** Apps registered at a platform, through which accounts are connected by consent. */
export function apps(hub: Hub) {
  const row = async (org: Org, id: string) => {
    const found = (await listApps(org)).find((one) => one.id === id);
    if (!found) throw new Refusal('not_found');
    return found;
  };
  const open = async (org: Org, id: string) => {
    const app = await hub.rulebook.appById(org.id, id);
    if (!app) throw new Refusal('not_found');
    return app;
  };

  return house()
    .openapi(
      route('admin', {
        method: 'get',
        path: '/apps',
        tags,
        summary: 'All apps',
        responses: { 200: json(z.object({ items: z.array(App) }), 'Apps') },
      }),
      async (c) => c.json({ items: (await listApps(c.get('me').org)).map((one) => showApp(hub, one)) }, 200),
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/apps',
        tags,
        summary: 'Register an app',
        request: { body: body(NewApp) },
        responses: { 201: json(App, 'The app') },
      }),
      async (c) => {
        const { kind: kindName, name, config } = c.req.valid('json');
        const kind = appKindNamed(kindName);
        const id = newId();
        const kept = closeConfig(hub, kind, id, config);
        await change(c, 'channels', async (org) => {
          await addApp(org, { id, kind: kind.name, name, key: newKey(), ...kept });
          return { action: 'app.created', subject: id, after: { kind: kind.name, name, config: kept.config } };
        });
        return c.json(showApp(hub, await row(c.get('me').org, id)), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'post',
        path: '/apps/demo',
        tags,
        summary: 'An app with the sandbox’s own credentials; only where the sandbox is on',
        request: { body: body(z.object({ kind: z.string().max(60) })) },
        responses: { 201: json(App, 'The app') },
      }),
      async (c) => {
        const kind = appKindNamed(c.req.valid('json').kind);
        const id = newId();
        const key = newKey();
        const credentials = sandboxApp(hub, kind, key);
        if (!credentials) throw wrong('kind', 'no sandbox');
        const kept = closeConfig(hub, kind, id, credentials);
        await change(c, 'channels', async (org) => {
          const name = `${kind.label.zh} ${kind.label.en}`.slice(0, 100);
          await addApp(org, { id, kind: kind.name, name, key, sandbox: true, ...kept });
          return { action: 'app.created', subject: id, after: { kind: kind.name, sandbox: true } };
        });
        return c.json(showApp(hub, await row(c.get('me').org, id)), 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/apps/{id}',
        tags,
        summary: 'One app',
        request: { params: byId },
        responses: { 200: json(App, 'The app') },
      }),
      async (c) => c.json(showApp(hub, await row(c.get('me').org, c.req.valid('param').id)), 200),
    )
    .openapi(
      route('admin', {
        method: 'patch',
        path: '/apps/{id}',
        tags,
        summary: 'Change an app; secrets that are not named stay',
        request: { params: byId, body: body(AppPatch) },
        responses: { 200: json(App, 'The app') },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { name, config } = c.req.valid('json');
        await change(c, 'channels', async (org) => {
          const before = await row(org, id);
          const kept = config && closeConfig(hub, appKindNamed(before.kind), id, config, before);
          await patchApp(org, id, { ...(name && { name }), ...kept });
          return {
            action: config ? 'app.credentials_changed' : 'app.changed',
            subject: id,
            before: { name: before.name, config: before.config },
            after: { name: name ?? before.name, config: kept?.config ?? before.config },
          };
        });
        return c.json(showApp(hub, await row(c.get('me').org, id)), 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'delete',
          path: '/apps/{id}',
          tags,
          summary: 'Take an app away; refused while channels use it',
          request: { params: byId },
          responses: { 204: done },
        },
        { refuses: ['in_use'] },
      ),
      async (c) => {
        const { id } = c.req.valid('param');
        await change(c, 'channels', async (org) => {
          const before = await row(org, id);
          if (before.channels > 0) throw new Refusal('in_use', undefined, { channels: before.channels });
          await patchApp(org, id, { deleted_at: new Date(hub.now()), secrets: null });
          return { action: 'app.deleted', subject: id, before: { kind: before.kind, name: before.name } };
        });
        await forgetAll(hub, { organisationId: c.get('me').org.id, id });
        return c.body(null, 204);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/apps/{id}/check',
          tags,
          summary: 'Try the app and say what is right and what is not',
          request: { params: byId },
          responses: { 200: json(CheckResult, 'Points') },
        },
        { refuses: ['cannot_carry', 'platform_refused', 'platform_away'] },
      ),
      async (c) => {
        const { org } = c.get('me');
        const app = await open(org, c.req.valid('param').id);
        const { check } = app.kind;
        if (!check) throw new Refusal('cannot_carry');
        const points = await inWords(() =>
          check(app.config, appTools(hub, app), callbackUrl(hub, app.kind.name, app.key)),
        );
        const bad = points.find((point) => !point.ok);
        await setAppHealth(
          org,
          app.id,
          bad ? 'attention' : 'ok',
          bad ? (bad.code ?? 'check') : null,
          bad?.what.en ?? null,
        );
        hub.live.publish(org.id, [{ kind: 'changed', area: 'channels' }]);
        return c.json({ points: points.map(showPoint) }, 200);
      },
    )
    .openapi(
      route(
        'admin',
        {
          method: 'post',
          path: '/apps/{id}/authorise',
          tags,
          summary: 'Begin to connect an account by its owner’s consent',
          request: {
            params: byId,
            body: body(z.object({ connector: z.string().max(60).optional(), channelId: z.uuid().optional() })),
          },
          responses: { 201: json(Consent, 'Where the owner consents') },
        },
        { refuses: ['platform_refused', 'platform_away'] },
      ),
      async (c) => {
        const { org, member } = c.get('me');
        const app = await open(org, c.req.valid('param').id);
        const consent = await beginConsent(hub, app, member.id, c.req.valid('json'));
        return c.json({ ...consent, until: new Date(consent.until).toISOString() }, 201);
      },
    )
    .openapi(
      route('admin', {
        method: 'get',
        path: '/authorisations/{state}',
        tags,
        summary: 'What became of a consent',
        request: { params: z.object({ state: z.string().max(100) }) },
        responses: { 200: json(ConsentState, 'The consent') },
      }),
      async (c) => {
        const { org, member } = c.get('me');
        const pending = await readPending(hub, c.req.valid('param').state);
        const mine = pending?.organisationId === org.id && pending.memberId === member.id;
        return c.json(
          {
            status: mine ? pending.status : ('expired' as const),
            channelIds: mine ? pending.channelIds : [],
            code: (mine && pending.code) || null,
            text: (mine && pending.text) || null,
            points: mine ? pending.points.map(showPoint) : [],
          },
          200,
        );
      },
    );
}
