import { Hono, type MiddlewareHandler } from 'hono';
import { answer, type WechatEnv } from './answers.ts';
import type { MediaType } from './medias.ts';
import type { Platform } from './platform.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
/** No upload is larger, with what stands around it. */
const MOST = 11 * MIB;
/** Limits of temporary media (wechat.md §9). */
const RULES: Record<MediaType, { bytes: number; endings: RegExp; mime: RegExp }> = {
  image: { bytes: 10 * MIB, endings: /\.(png|jpe?g|gif)$/i, mime: /^image\/(png|jpe?g|gif)$/ },
  voice: { bytes: 2 * MIB, endings: /\.(amr|mp3)$/i, mime: /^audio\/(amr|mpeg|mp3)$/ },
  video: { bytes: 10 * MIB, endings: /\.mp4$/i, mime: /^video\/mp4$/ },
  thumb: { bytes: 64 * KIB, endings: /\.jpe?g$/i, mime: /^image\/jpe?g$/ },
};

/** Temporary media, up and down. */
export function mediaApi(platform: Platform, allowed: MiddlewareHandler<WechatEnv>): Hono<WechatEnv> {
  const { medias, files, faults, host } = platform;
  const app = new Hono<WechatEnv>();

  app.post('/cgi-bin/media/upload', allowed, async (c) => {
    const account = c.get('account');
    const type = c.req.query('type') ?? '';
    if (!Object.hasOwn(RULES, type) || (account.kind === 'mini' && type !== 'image')) return answer(c, 40004);
    if (Number(c.req.header('content-length') ?? 0) > MOST) return answer(c, 45001);
    const form = await c.req.parseBody().catch(() => ({}) as Record<string, unknown>);
    const file = form.media;
    if (!(file instanceof File)) return answer(c, 41005);
    const rule = RULES[type as MediaType];
    if (!rule.endings.test(file.name) || !rule.mime.test(file.type.split(';')[0] ?? '')) return answer(c, 40005);
    if (file.size === 0) return answer(c, 41005);
    if (file.size > rule.bytes) return answer(c, 45001);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const stored = files.add({ name: file.name, mime: file.type, bytes, at: host.now() });
    const id = medias.add(account.appId, type as MediaType, stored.id);
    const created_at = Math.floor(host.now() / 1000);
    return c.json({ type, [type === 'thumb' ? 'thumb_media_id' : 'media_id']: id, created_at });
  });

  app.get('/cgi-bin/media/get', allowed, (c) => {
    const media = medias.get(c.get('account').appId, c.req.query('media_id') ?? '');
    if (!media || faults.on('mediaGone')) return answer(c, 40007);
    const { file, type } = media;
    // A film comes as the address of itself.
    if (type === 'video') return c.json({ video_url: `${host.url}/phone/files/${file.id}` });
    return c.body(new Uint8Array(file.bytes), 200, {
      'content-type': file.mime,
      'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"`,
    });
  });
  return app;
}
