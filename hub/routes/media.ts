import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Hub } from '../hub.ts';
import { openLink, previewOf } from '../media/links.ts';
import { byteRange, dressed } from '../media/serve.ts';
import { receiveUpload } from '../media/upload.ts';
import { problem } from '../problem.ts';
import { Stored } from '../shapes/house.ts';
import { mediaById } from '../store/media.ts';
import { type HouseEnv, house, json, route } from './route.ts';

/** Uploads of members. What a channel can carry of them is told when the message is sent. */
export function uploads(hub: Hub) {
  return house().openapi(
    route(
      'agent',
      {
        method: 'post',
        path: '/media',
        tags: ['Media'],
        summary: 'Upload one file as the multipart part `file`',
        // Not validated here: the file is read as it arrives, straight into the store.
        request: {
          body: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: { file: { type: 'string', format: 'binary' } },
                  required: ['file'],
                },
              },
            },
          },
        },
        responses: { 201: json(Stored, 'The file') },
      },
      { refuses: ['file_too_large', 'file_type_refused'] },
    ),
    async (c) => {
      const { org, member } = c.get('me');
      const limits = { types: ['*/*'], bytes: hub.env.maxUploadBytes };
      return c.json(await receiveUpload(hub, org, c.req.raw, { limits, createdBy: `member:${member.id}` }), 201);
    },
  );
}

const query = z.object({ exp: z.coerce.number().int(), sig: z.string().max(200), preview: z.literal('1').optional() });

/** `/media/:id/:name?exp&sig`: whoever has the link may read the file, until its day is over. */
export function mediaFiles(hub: Hub) {
  return new Hono<HouseEnv>().get('/media/:id/:name', async (c) => {
    const id = c.req.param('id');
    const given = query.safeParse(c.req.query());
    const preview = given.data?.preview === '1';
    const organisationId =
      given.success && z.uuid().safeParse(id).success ? openLink(hub, id, { ...given.data, preview }) : null;
    if (!organisationId) return problem(c, 403, 'link_over');
    const row = await mediaById(hub.db.org(organisationId), id);
    const place = { organisationId, id, preview };
    const size = row?.state === 'ready' ? await hub.media.size(place) : null;
    if (!row || size === null) return problem(c, 404, 'not_found');

    const etag = `"${id}${preview ? '-p' : ''}"`;
    const headers = dressed(preview ? previewOf(row) : row);
    headers.set('etag', etag);
    headers.set('accept-ranges', 'bytes');
    headers.set(
      'cache-control',
      `private, max-age=${Math.max(0, Math.floor(given.data!.exp - hub.now() / 1000))}, immutable`,
    );
    if (c.req.header('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
    const range = byteRange(c.req.header('range'), size);
    if (range === 'unsatisfiable') {
      headers.set('content-range', `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { start, end } = range ?? { start: 0, end: size - 1 };
    headers.set('content-length', String(end - start + 1));
    if (range) headers.set('content-range', `bytes ${start}-${end}/${size}`);
    const stream = c.req.method === 'HEAD' || size === 0 ? null : await hub.media.open(place, range ?? undefined);
    return new Response(stream && (Readable.toWeb(stream) as ReadableStream), { status: range ? 206 : 200, headers });
  });
}
