import { type Context, Hono } from 'hono';
import { FAILURES, fail } from '../../lib/graph/sandbox/answers.ts';
import { admitted, watched } from '../../lib/graph/sandbox/door.ts';
import { parseJson } from '../../lib/http.ts';
import type { PageAccount } from './accounts.ts';
import { messaging } from './messaging.ts';
import { uploading } from './outgoing.ts';
import { namesOf } from './people.ts';
import type { Platform } from './platform.ts';
import { stickerFile } from './stickers.ts';
import type { Webhooks } from './webhooks.ts';

type Env = { Variables: { account: PageAccount } };
const DAY_S = 24 * 3600;
const MAX_BYTES = 25_000_000;

/** graph.facebook.com and the host of files, told apart by their first folder as the real ones by their name. */
export function api(platform: Platform, webhooks: Webhooks): Hono<Env> {
  const { accounts, world, host, faults, files, links } = platform;
  const app = new Hono<Env>();
  app.use('/graph/*', watched(platform));
  app.use('/cdn/*', watched(platform));
  app.use('/graph/*', async (c, next) => {
    const who = admitted(c, platform, (token) => accounts.byToken(token));
    if ('failure' in who) return who.failure;
    c.set('account', who.account);
    return next();
  });
  app.use('/graph/:version/*', async (c, next) => {
    if (!/^v\d{1,2}\.0$/.test(c.req.param('version')))
      return fail(c, { code: 2635, message: 'You are calling a version of the Graph API that does not exist.' });
    return next();
  });

  app.get('/graph/:version/debug_token', (c) => {
    const account = accounts.byToken(c.req.query('input_token') ?? '');
    if (!account) return c.json({ data: { is_valid: false } });
    const expires_at = faults.on('tokenEnding') ? Math.floor(host.now() / 1000) + 3 * DAY_S : 0;
    const scopes = ['pages_manage_metadata', ...(faults.on('permissionMissing') ? [] : ['pages_messaging'])];
    return c.json({ data: { app_id: account.appId, type: 'PAGE', is_valid: true, expires_at, scopes } });
  });
  app.all('/graph/:version/:id/:edge', (c, next) =>
    c.req.param('id') === c.get('account').pageId ? next() : Promise.resolve(fail(c, FAILURES.missing)),
  );
  app.post('/graph/:version/:id/messages', (c) => messaging(c, c.get('account'), platform, webhooks));
  app.post('/graph/:version/:id/message_attachments', (c) => upload(c, c.get('account'), platform));
  app.get('/graph/:version/:id/subscribed_apps', (c) => {
    const { appId, subscribed } = c.get('account');
    return c.json({
      data: subscribed.length > 0 ? [{ id: appId, name: 'Haina demo', subscribed_fields: subscribed }] : [],
    });
  });
  app.post('/graph/:version/:id/subscribed_apps', (c) => {
    const wished = (c.req.query('subscribed_fields') ?? '').split(',').filter(Boolean);
    if (wished.length === 0) return fail(c, { code: 100, message: 'The parameter subscribed_fields is required.' });
    c.get('account').subscribed = wished;
    return c.json({ success: true });
  });
  app.get('/graph/:version/:id', (c) => {
    const id = c.req.param('id');
    const { pageId, name } = c.get('account');
    if (id === pageId) return c.json({ id, name });
    const person = world.person(id);
    if (!person) return fail(c, FAILURES.missing);
    return c.json({ id, ...namesOf(person.name), profile_pic: `${host.url}/avatars/${id}.png` });
  });
  app.all('/graph/*', (c) => fail(c, FAILURES.missing));

  app.get('/cdn/stickers/:id', (c) =>
    c.body(stickerFile(c.req.param('id')), 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' }),
  );
  app.get('/cdn/:token/:name', (c) => {
    const file = files.get(links.open(c.req.param('token')) ?? '');
    if (!file) return c.text('URL signature expired', 403);
    return c.body(new Uint8Array(file.bytes), 200, { 'content-type': file.mime });
  });
  return app;
}

/** Takes a file of ours; what it is stands in the form's `message`. */
async function upload(
  c: Context,
  { pageId }: PageAccount,
  { files, uploads, host, nextId }: Platform,
): Promise<Response> {
  const form = await c.req.raw.formData().catch(() => undefined);
  const file = form?.get('filedata');
  const said = uploading.safeParse(parseJson(String(form?.get('message'))));
  if (!said.success || !(file instanceof Blob)) return fail(c, { code: 100, message: 'Upload attachment failure.' });
  if (file.size > MAX_BYTES)
    return fail(c, { code: 100, subcode: 2018109, message: 'Attachment size exceeds allowable limit' });
  const name = 'name' in file && typeof file.name === 'string' ? file.name : 'file';
  const stored = files.add({ name, mime: file.type, bytes: new Uint8Array(await file.arrayBuffer()), at: host.now() });
  const id = nextId();
  uploads.set(id, { file: stored.id, page: pageId });
  return c.json({ attachment_id: id });
}
