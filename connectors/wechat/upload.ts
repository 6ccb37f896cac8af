import { z } from 'zod';
import type { FileRule } from '../../core/can.ts';
import type { Media } from '../../core/message.ts';
import type { OutFile, Tools } from '../connector.ts';
import { Retry } from '../errors.ts';
import { must } from './api.ts';
import type { WechatConfig } from './config.ts';
import { ownCover } from './cover.ts';
import { IMAGE, MEDIA_LIFE_S } from './limits.ts';

export type UploadType = 'image' | 'voice' | 'video' | 'thumb';

/** An id of WeChat's for a file of ours, and under which key it is kept. */
export interface Uploaded {
  mediaId: string;
  key: string;
}

const uploaded = z
  .looseObject({ media_id: z.string().min(1).optional(), thumb_media_id: z.string().min(1).optional() })
  .transform(({ media_id, thumb_media_id }) => thumb_media_id ?? media_id)
  .pipe(z.string().max(300));

/**
 * Puts files into WeChat's temporary store, where the same file stays for three days: what was uploaded once for this
 * account is not uploaded again. `rule` is what WeChat takes; pictures are made to fit it.
 */
export class Uploads {
  readonly #config: WechatConfig;
  readonly #tools: Tools;

  constructor(config: WechatConfig, tools: Tools) {
    this.#config = config;
    this.#tools = tools;
  }

  async put(type: UploadType, media: Media, rule: FileRule): Promise<Uploaded> {
    return this.#store(type, await this.#tools.file(media, rule));
  }

  /** A picture for a card; our own where there is none, or none that can be had. */
  async cover(media: Media | undefined): Promise<Uploaded> {
    const file = media?.id
      ? await this.#tools.file(media, { ...IMAGE, pixels: 1040 }).catch(() => undefined)
      : undefined;
    return this.#store('image', file ?? ownCover());
  }

  /** The still of a video: small, and our own, because a video has none before somebody plays it. */
  thumb(): Promise<Uploaded> {
    return this.#store('thumb', ownCover());
  }

  /** WeChat no longer has what it gave us: the next time it is uploaded anew. */
  async forget(ids: readonly Uploaded[]): Promise<void> {
    for (const { key, mediaId } of ids) await this.#tools.forget(key, mediaId);
  }

  async #store(type: UploadType, file: OutFile): Promise<Uploaded> {
    const key = `media:${type}:${file.hash}`;
    const mediaId = await this.#tools.keep(key, async () => {
      const json = await must(
        { path: '/cgi-bin/media/upload', query: { type }, body: formOf(file) },
        this.#config,
        this.#tools,
      );
      const id = uploaded.safeParse(json);
      if (!id.success) throw new Retry('WeChat took a file without giving it an id.');
      return { value: id.data, ttl: MEDIA_LIFE_S };
    });
    return { mediaId, key };
  }
}

const ENDINGS: Record<string, string> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'audio/amr': '.amr',
  'audio/mpeg': '.mp3',
  'video/mp4': '.mp4',
};

/**
 * A form with one file, written by hand: the boundary is the same for the same file, and the fetch in use may know no
 * `FormData` of ours. WeChat reads the kind from the name's ending and trips over names in Chinese; nobody sees the name.
 */
function formOf({ blob, name, mime, hash }: OutFile): { blob: Blob; type: string } {
  const boundary = `haina-${hash.slice(0, 32)}`;
  const ending = ENDINGS[mime] ?? /\.[A-Za-z0-9]{1,5}$/.exec(name)?.[0] ?? '';
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="media"; filename="${hash.slice(0, 16)}${ending}"`,
    `Content-Type: ${mime}`,
    '\r\n',
  ].join('\r\n');
  return { blob: new Blob([head, blob, `\r\n--${boundary}--\r\n`]), type: `multipart/form-data; boundary=${boundary}` };
}
