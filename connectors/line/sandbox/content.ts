import { Hono } from 'hono';
import { fail, type LineContext, type LineEnv, WORDS } from './answers.ts';
import type { Platform } from './platform.ts';

/** What people sent, on a host of its own; a film is not ready at once (line.md section 9). */
export function content(platform: Platform): Hono<LineEnv> {
  const { contents, files, faults, host } = platform;
  const app = new Hono<LineEnv>();

  const state = (id: string): 'none' | 'processing' | 'ready' | 'gone' => {
    const kept = contents.get(id);
    if (!kept) return 'none';
    if (faults.on('contentGone') || !files.get(kept.file)) return 'gone';
    return faults.on('contentPreparing') || kept.readyAt > host.now() ? 'processing' : 'ready';
  };
  const deliver = (c: LineContext, id: string) => {
    switch (state(id)) {
      case 'none':
        return fail(c, 404, WORDS.notFound);
      case 'gone':
        return fail(c, 410, 'The content is no longer available');
      case 'processing':
        return c.body(null, 202);
      case 'ready': {
        const file = files.get(contents.get(id)?.file ?? '');
        return c.body(new Uint8Array(file?.bytes ?? []), 200, {
          'content-type': file?.mime ?? 'application/octet-stream',
        });
      }
    }
  };
  app.get('/v2/bot/message/:id/content', (c) => deliver(c, c.req.param('id')));
  app.get('/v2/bot/message/:id/content/preview', (c) => deliver(c, c.req.param('id')));
  app.get('/v2/bot/message/:id/content/transcoding', (c) => {
    const now = state(c.req.param('id'));
    if (now === 'none') return fail(c, 404, WORDS.notFound);
    return c.json({ status: now === 'processing' ? 'processing' : now === 'gone' ? 'failed' : 'succeeded' });
  });
  return app;
}
