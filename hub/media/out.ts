import { createHash } from 'node:crypto';
import type { OutFile } from '../../connectors/connector.ts';
import { Refused } from '../../connectors/errors.ts';
import type { FileRule } from '../../core/can.ts';
import { takes } from '../../core/fit.ts';
import type { Media } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { mediaById } from '../store/media.ts';
import { shrink } from './image.ts';
import { endFor } from './keep.ts';

/** Nothing larger is taken into memory to be uploaded; platforms take less. Bytes. */
const MOST = 100 * 1024 * 1024;

/**
 * One of our files in memory, on its way to a platform that wants it uploaded. A picture that the rule does not take is
 * made a smaller JPEG until it fits. Throws Refused `file_missing`, `file_too_large`, `file_type_refused`.
 */
export async function outFile(hub: Hub, organisationId: string, media: Media, rule?: FileRule): Promise<OutFile> {
  const row = media.id ? await mediaById(hub.db.org(organisationId), media.id) : undefined;
  const opened = row?.state === 'ready' ? await hub.media.open({ organisationId, id: row.id }) : null;
  if (!row || !opened) throw new Refused('file_missing', 'The file is not here any more.');
  if (row.size > MOST) {
    opened.destroy();
    throw new Refused('file_too_large', 'The file is too large for this platform.');
  }
  let bytes: Buffer<ArrayBufferLike> = Buffer.concat(await opened.toArray());
  let { name, mime } = row;
  const tooWide = rule?.pixels !== undefined && Math.max(row.width ?? 0, row.height ?? 0) > rule.pixels;
  if (rule && (tooWide || !takes(rule, mime, bytes.length))) {
    const small =
      mime.startsWith('image/') && takes(rule, 'image/jpeg', undefined)
        ? await shrink(bytes, rule.bytes, rule.pixels)
        : null;
    if (!small) {
      const typed = takes(rule, mime, undefined);
      throw typed
        ? new Refused('file_too_large', 'The file is too large for this platform.')
        : new Refused('file_type_refused', 'The platform does not take files of this type.');
    }
    bytes = small;
    mime = 'image/jpeg';
    name = `${name.replace(/\.[^.]*$/, '')}.jpg`;
  }
  if (!/\.[A-Za-z0-9]{1,8}$/.test(name)) name = `${name || 'file'}.${endFor(mime)}`;
  return {
    blob: new Blob([new Uint8Array(bytes)], { type: mime }),
    name,
    mime,
    hash: createHash('sha256').update(bytes).digest('hex'),
  };
}
