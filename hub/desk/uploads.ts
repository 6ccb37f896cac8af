import { BadRequest } from '../../connectors/errors.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Content, ContentType } from '../../core/message.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { owned } from '../media/own.ts';
import type { OpenChannel } from './rulebook.ts';

/** Who uploaded a file, as the media table keeps it. */
export const visitorUploader = (channelId: string, visitorId: string): string => `visitor:${channelId}:${visitorId}`;

/**
 * A visitor's page names the file it uploaded before; here the file's own facts take the place of the bare id. A file of
 * somebody else, or none, is refused (`unknown_media`) before anything of the request is stored.
 */
export async function withUploads(hub: Hub, channel: OpenChannel, events: Inbound[]): Promise<Inbound[]> {
  return await Promise.all(
    events.map(async (event) => {
      if (event.kind !== 'message' || !('media' in event.content) || !event.from) return event;
      try {
        const content = await owned(
          hub.db.org(channel.organisationId),
          event.content,
          visitorUploader(channel.id, event.from),
        );
        return { ...event, content: asWhatItIs(content) };
      } catch (error) {
        if (error instanceof Refusal)
          throw new BadRequest('unknown_media', 'This file was not uploaded by this visitor.');
        throw error;
      }
    }),
  );
}

/** The page says what it thinks the file is; what it is was found out when it came in. */
function asWhatItIs(content: Content): Content {
  if (!('media' in content) || !content.media) return content;
  const family = content.media.mime?.split('/')[0];
  const type: ContentType =
    family === 'image' || family === 'video'
      ? family
      : family === 'audio' && content.type === 'voice'
        ? 'voice'
        : 'file';
  return { type, media: content.media } as Content;
}
