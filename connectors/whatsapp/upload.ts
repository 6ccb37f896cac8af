import { z } from 'zod';
import type { FileRule } from '../../core/can.ts';
import type { Media } from '../../core/message.ts';
import type { Tools } from '../connector.ts';
import { Refused, Retry } from '../errors.ts';
import { graph } from './access.ts';
import type { WhatsAppConfig } from './config.ts';
import { UPLOAD_SECONDS } from './limits.ts';

const uploaded = z.object({ id: z.string().regex(/^[\w-]{1,200}$/) });
const keyOf = (hash: string, { phoneNumberId }: WhatsAppConfig) => `media:${phoneNumberId}:${hash}`;

/**
 * The file as a message names it: uploaded once and kept by its hash for as long as Meta keeps it, or where it is not
 * ours to read, by its public address, which Meta fetches itself. Throws Refused when there is neither.
 */
export async function fileOf(
  media: Media,
  rule: FileRule | undefined,
  config: WhatsAppConfig,
  tools: Tools,
): Promise<{ id: string } | { link: string }> {
  if (!media.id) {
    if (media.url?.startsWith('https:')) return { link: media.url };
    throw new Refused('media_missing', 'The file has no address that WhatsApp could fetch.');
  }
  const file = await tools.file(media, rule);
  const id = await tools.keep(keyOf(file.hash, config), async () => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', file.mime);
    form.set('file', new Blob([file.blob], { type: file.mime }), file.name);
    const answer = await graph({ method: 'POST', path: `/${config.phoneNumberId}/media`, form }, config, tools);
    const value = uploaded.safeParse(answer).data?.id;
    if (!value) throw new Retry('WhatsApp took a file and gave no id.');
    return { value, ttl: UPLOAD_SECONDS };
  });
  return { id };
}

/** Forgets an upload that Meta no longer has; whether there was one to forget. */
export async function dropUpload(
  media: Media | undefined,
  rule: FileRule | undefined,
  config: WhatsAppConfig,
  tools: Tools,
): Promise<boolean> {
  if (!media?.id) return false;
  const { hash } = await tools.file(media, rule);
  await tools.forget(keyOf(hash, config));
  return true;
}
