import type { Content, Media, Sendable } from '../../core/message.ts';
import { wrong } from '../problem.ts';
import { mediaById } from '../store/media.ts';
import type { Org } from '../store/org.ts';

/**
 * A content somebody wants to send or to keep in a rule, with its file looked up: what they claim about it (type, size,
 * address) is replaced by what we know. Throws `invalid_input` when the file is not there, is another organisation's,
 * or is not one of `createdBy` where that is given (visitors may send only what they uploaded).
 */
export async function owned<C extends Content | Sendable>(org: Org, content: C, createdBy?: string): Promise<C> {
  if ('media' in content && content.media)
    return { ...content, media: await facts(org, content.media, 'content.media.id', createdBy) };
  if (content.type === 'link' && content.image)
    return { ...content, image: await facts(org, content.image, 'content.image.id', createdBy) };
  return content;
}

async function facts(org: Org, media: Media, path: string, createdBy?: string): Promise<Media> {
  const row = media.id ? await mediaById(org, media.id) : undefined;
  if (row?.state !== 'ready' || (createdBy && row.created_by !== createdBy)) throw wrong(path, 'unknown');
  return {
    id: row.id,
    name: row.name,
    mime: row.mime,
    size: row.size,
    state: 'ready',
    ...(row.width && row.height && { width: row.width, height: row.height }),
    ...(media.seconds !== undefined && { seconds: media.seconds }),
  };
}
