import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import type { PhoneModel } from './model.ts';

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
};
/** Pictures and films come from wherever the hub keeps them; everything else is ours. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  'img-src * blob: data:',
  'media-src * blob:',
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/** The page and its files, plain and unbuilt. `mount` is where it lives, so that the page works with and without a last slash. */
export function page(mount: string, model: PhoneModel): Hono {
  const app = new Hono();
  const read = (name: string) => readFile(new URL(`./page/${name}`, import.meta.url));
  const home = async () =>
    (await read('phone.html'))
      .toString('utf8')
      .replaceAll('{{base}}', `${escaped(mount)}/`)
      .replaceAll('{{title}}', escaped(`${model.label.zh} · ${model.label.en}`));

  const html = async () =>
    new Response(await home(), {
      headers: {
        'content-type': TYPES.html ?? '',
        'content-security-policy': POLICY,
        'cache-control': 'no-cache',
        'referrer-policy': 'no-referrer',
      },
    });
  // With and without a slash at the end: mounted, a router knows only one of them.
  app.get('*', (c, next) => ([mount, `${mount}/`, '/'].includes(c.req.path) ? html() : next()));
  app.get('/page/:file', async (c) => {
    const [, name, ending = ''] = /^([a-z-]+)\.(css|js|svg)$/.exec(c.req.param('file')) ?? [];
    if (!name) return c.notFound();
    const bytes = await read(`${name}.${ending}`).catch(() => undefined);
    if (!bytes) return c.notFound();
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': TYPES[ending] ?? '',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });
  return app;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
