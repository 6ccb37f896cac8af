import { z } from 'zod';
import type { MediaStream, Tools } from '../connector.ts';
import { Gone, Misconfigured, Refused, Retry } from '../errors.ts';
import { download } from '../lib/graph/download.ts';
import { verified } from '../lib/graph/verified.ts';
import { graph } from './access.ts';
import type { WhatsAppConfig } from './config.ts';

const soft = z.string().max(200).optional().catch(undefined);
const described = z.object({
  url: z.string().min(1).max(4000),
  mime_type: soft,
  sha256: soft,
  file_size: z.coerce.number().int().nonnegative().optional().catch(undefined),
});

/**
 * Opens what a customer sent, in two steps (whatsapp.md B9): the id gives an address that lives five minutes, the address
 * gives the file, with the same token and to Meta's hosts only. The bytes are compared with the announced hash.
 */
export async function media(source: string, config: WhatsAppConfig, tools: Tools): Promise<MediaStream> {
  if (!/^[\w-]{1,200}$/.test(source)) throw new Refused('rejected', 'Not a file of WhatsApp.');
  // An address may end while we look at it; then it is asked for once more.
  return attempt(source, config, tools).catch((error: unknown) => {
    if (error instanceof Gone) return attempt(source, config, tools);
    throw error;
  });
}

async function attempt(source: string, config: WhatsAppConfig, tools: Tools): Promise<MediaStream> {
  const answer = await graph(
    { method: 'GET', path: `/${source}`, query: { phone_number_id: config.phoneNumberId } },
    config,
    tools,
  ).catch((error: unknown) => {
    throw isGone(error) ? new Gone('WhatsApp no longer has this file.') : error;
  });
  const file = described.safeParse(answer).data;
  if (!file) throw new Retry('WhatsApp described a file in a way that cannot be read.');
  const { stream, mime, size } = await download(file.url, config.accessToken, tools, 'WhatsApp');
  return {
    stream: verified(stream, file.sha256),
    mime: file.mime_type?.split(';')[0]?.trim().toLowerCase() || mime,
    size: size ?? file.file_size,
  };
}

/** An id that has ended does “not exist”: the same answer as for a wrong account, but here it is the file's id. */
function isGone(error: unknown): boolean {
  if (error instanceof Misconfigured) return error.code === 'wrong_id';
  return error instanceof Refused && (error.code === 'not_found' || error.code === 'rejected');
}
