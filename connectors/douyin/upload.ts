import { z } from 'zod';
import type { Media } from '../../core/message.ts';
import type { Tools } from '../connector.ts';
import { Retry } from '../errors.ts';
import type { DouyinConfig } from './config.ts';
import { trouble } from './errors.ts';
import { IMAGE, UPLOAD_LIFE } from './limits.ts';
import { asAccount } from './tokens.ts';

const id = z.string().min(1).max(500);
const image = z.looseObject({ image_id: id });
/** Pages disagree about where the id lies. */
const uploaded = z.union([
  image.transform(({ image_id }) => image_id),
  z.looseObject({ data: image }).transform(({ data }) => data.image_id),
  z.looseObject({ data: z.looseObject({ image }) }).transform(({ data }) => data.image.image_id),
]);

export interface Upload {
  id: string;
  hash: string;
  /** Uploaded just now, not remembered. */
  fresh: boolean;
}

/** The picture's id at Douyin (`image_id`, used as `media_id`); the same picture is uploaded once a day. */
export async function imageId(media: Media, config: DouyinConfig, tools: Tools): Promise<Upload> {
  const { blob, name, hash } = await tools.file(media, IMAGE);
  let fresh = false;
  const id = await tools.keep(`media:${hash}`, async () => {
    fresh = true;
    const multipart = new FormData();
    multipart.set('image', blob, name);
    const answer = await asAccount({ method: 'POST', path: '/tool/imagex/client_upload/', multipart }, config, tools);
    if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
    const result = uploaded.safeParse(answer.json);
    if (!result.success) throw new Retry('Douyin took the picture and gave no id.');
    return { value: result.data, ttl: UPLOAD_LIFE };
  });
  return { id, hash, fresh };
}

export const forgetUpload = ({ hash, id }: Upload, tools: Tools): Promise<void> => tools.forget(`media:${hash}`, id);
