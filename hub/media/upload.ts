import { Readable } from 'node:stream';
import busboy from 'busboy';
import { HTTPException } from 'hono/http-exception';
import type { FileRule } from '../../core/can.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { wrong } from '../problem.ts';
import type { Stored } from '../shapes/house.ts';
import { addMedia, type MediaRow } from '../store/media.ts';
import type { Org } from '../store/org.ts';
import { keep } from './keep.ts';
import { mediaUrl } from './links.ts';

interface Upload {
  name?: string | undefined;
  /** Types taken and bytes of each; the first that fits counts. */
  limits: FileRule | readonly FileRule[];
  /** `member:<id>` or `visitor:<channel>:<visitor>`. */
  createdBy: string;
}

/** Stores one file and its row. Throws `file_too_large`, `file_type_refused`; then nothing is left. */
export async function storeUpload(
  hub: Hub,
  org: Org,
  bytes: AsyncIterable<Uint8Array>,
  { name, limits, createdBy }: Upload,
): Promise<MediaRow> {
  const id = newId();
  const place = { organisationId: org.id, id };
  const kept = await keep(hub.media, place, bytes, { name, limits: [limits].flat() });
  const row: MediaRow = {
    id,
    channel_id: null,
    source: null,
    state: 'ready',
    attempts: 0,
    created_by: createdBy,
    created_at: new Date(hub.now()),
    ...kept,
  };
  try {
    await addMedia(org, row);
  } catch (error) {
    await Promise.all([hub.media.remove(place), hub.media.remove({ ...place, preview: true })]);
    throw error;
  }
  return row;
}

/** The row as whoever sent it sees it. */
export function toStored(hub: Hub, org: Org, row: MediaRow): Stored {
  return {
    id: row.id,
    url: mediaUrl(hub, org.id, row),
    previewUrl: row.preview ? mediaUrl(hub, org.id, row, { preview: true }) : null,
    mime: row.mime,
    size: row.size,
    name: row.name,
    width: row.width,
    height: row.height,
  };
}

/**
 * Reads the part `file` of a multipart request straight into the store. What comes after it is not read. Throws
 * `invalid_input` where there is no such part, and what `storeUpload` throws.
 */
export async function receiveUpload(
  hub: Hub,
  org: Org,
  request: Request,
  upload: Omit<Upload, 'name'>,
): Promise<Stored> {
  // A margin for the form around the file; its own bytes are counted as they come.
  const limit = Math.max(...[upload.limits].flat().map((rule) => rule.bytes));
  if (Number(request.headers.get('content-length') ?? 0) > limit + 65_536)
    throw new Refusal('file_too_large', undefined, { limit });
  const form = openForm(request);
  const body = Readable.fromWeb(request.body as never);
  try {
    return await new Promise<Stored>((resolve, reject) => {
      let seen = false;
      form.on('file', (field, file, info) => {
        if (field !== 'file' || seen) return void file.resume();
        seen = true;
        // A connection that ends in the middle ends the file's stream with an error, and the store keeps nothing.
        storeUpload(hub, org, file, { ...upload, name: decodedName(info.filename) }).then(
          (row) => resolve(toStored(hub, org, row)),
          reject,
        );
      });
      form.on('error', () => reject(wrong('file', 'broken')));
      form.on('close', () => {
        if (!seen) reject(wrong('file', 'missing'));
      });
      body.on('error', (error) => form.destroy(error));
      body.pipe(form);
    });
  } finally {
    body.unpipe(form);
    body.destroy();
  }
}

function openForm(request: Request) {
  if (!request.body) throw wrong('file', 'missing');
  try {
    return busboy({
      headers: { 'content-type': request.headers.get('content-type') ?? '' },
      defParamCharset: 'utf8',
      limits: { fields: 5, fieldSize: 1_000, files: 1, parts: 6, headerPairs: 20 },
    });
  } catch {
    throw new HTTPException(415);
  }
}

/** Browsers send names as UTF-8; what is not well formed is cleaned up rather than refused. */
const decodedName = (name: string | undefined) => name?.toWellFormed().normalize('NFC');
