import { createHash, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { IMAGE } from '../limits.ts';
import { errNo, verdict } from './answers.ts';
import type { Env } from './api.ts';
import type { Platform } from './platform.ts';

/** Pictures up, and what people sent down (douyin.md sections 5 and 6). */
export function mediaApi(platform: Platform): Hono<Env> {
  const { files, contents, host, faults, ids, world } = platform;
  const app = new Hono<Env>();

  app.post('/tool/imagex/client_upload/', async (c) => {
    if (!c.get('scopes').includes('tool.image.upload')) return verdict(c, platform, 28001018);
    const form = await c.req.parseBody().catch(() => undefined);
    const image = form?.image;
    if (!(image instanceof File) || image.size === 0 || image.size > IMAGE.bytes) return verdict(c, platform, 28001007);
    if (!/^image\/(jpeg|png|bmp|webp)$/.test(image.type)) return verdict(c, platform, 28001007);
    const bytes = new Uint8Array(await image.arrayBuffer());
    const { id } = files.add({ name: image.name, mime: image.type, bytes, at: host.now() });
    const imageId = `@${randomBytes(24).toString('base64')}`;
    contents.set(imageId, id);
    const md5 = createHash('md5').update(bytes).digest('hex');
    return verdict(c, platform, 0, { image_id: imageId, width: 1, height: 1, md5 });
  });

  app.get('/api/im/message/resources/', (c) => {
    if (!c.get('scopes').includes('im.multimedia_message')) return errNo(c, platform, 28001018);
    const { openId } = c.get('account');
    const { conversation_id = '', message_id = '' } = c.req.query();
    const person = world.people().find(({ id }) => ids.conversation(openId, id) === conversation_id);
    const file = person && ids.read(message_id, openId, person.id) && files.get(contents.get(message_id) ?? '');
    if (!file) return errNo(c, platform, 28001007);
    const url = faults.on('mediaGone') ? `${host.url}/phone/files/gone` : `${host.url}/phone/files/${file.id}`;
    return errNo(c, platform, 0, { media_type: file.mime.startsWith('video/') ? 'video' : 'image', url });
  });
  return app;
}
