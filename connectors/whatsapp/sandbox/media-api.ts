import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { takes } from '../../../core/fit.ts';
import { FAILURES, fail } from '../../lib/graph/sandbox/answers.ts';
import { can } from '../limits.ts';
import type { WhatsAppAccount } from './accounts.ts';
import { invalid, NOT } from './answers.ts';
import type { Platform } from './platform.ts';

/** An address of a file lives five minutes (whatsapp.md B9). */
const URL_MS = 5 * 60_000;
/** Libraries whose own User-Agent Meta's download hosts refuse. */
const REFUSED_AGENT = /^(node|undici|axios|node-fetch|python-requests|got|java|go-http-client)\b/i;

/** POST /{phone number id}/media: takes a file of ours. */
export async function upload(
  c: Context,
  account: WhatsAppAccount,
  { files, kept, host, nextId }: Platform,
): Promise<Response> {
  const form = await c.req.raw.formData().catch(() => undefined);
  const file = form?.get('file');
  if (form?.get('messaging_product') !== 'whatsapp' || !(file instanceof Blob))
    return fail(c, invalid('The parameter file is required.'));
  const mime = String(form.get('type') ?? file.type);
  const rules = [can.image, can.voice, can.video, can.file];
  if (mime === '' || !rules.some((rule) => rule && takes(rule, mime, file.size)))
    return fail(c, invalid(`Type ${mime} is not supported, or the file is too large.`));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const name = 'name' in file && typeof file.name === 'string' ? file.name : 'file';
  const stored = files.add({ name, mime, bytes, at: host.now() });
  const id = nextId();
  kept.set(id, { file: stored.id, mime, account: account.phoneNumberId });
  return c.json({ id });
}

/** GET /{media id}: where the file is, for five minutes. */
export function describe(c: Context, id: string, account: WhatsAppAccount, platform: Platform): Response {
  const { files, kept, links, faults, host } = platform;
  const item = kept.get(id);
  const file = item && files.get(item.file);
  if (!item || !file || item.account !== account.phoneNumberId || faults.on('mediaGone'))
    return fail(c, FAILURES.missing);
  const token = links.make(item.file, faults.on('mediaUrlsEnd') ? 0 : URL_MS);
  return c.json({
    url: `${host.url}/lookaside/whatsapp_business/attachments/?mid=${id}&hash=${token}`,
    mime_type: item.mime,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
    file_size: file.bytes.length,
    id,
    messaging_product: 'whatsapp',
  });
}

export function remove(c: Context, id: string, account: WhatsAppAccount, { kept }: Platform): Response {
  if (kept.get(id)?.account !== account.phoneNumberId) return fail(c, NOT.media);
  kept.delete(id);
  return c.json({ success: true });
}

/** The download host: the same token, a plain User-Agent, and an address that has not ended. */
export function download(c: Context, { files, links, faults }: Platform): Response {
  if (REFUSED_AGENT.test(c.req.header('user-agent') ?? 'node')) return c.text('Forbidden', 403);
  const file = files.get(links.open(c.req.query('hash') ?? '') ?? '');
  if (!file) return c.text('URL signature expired', 404);
  const bytes = new Uint8Array(file.bytes);
  if (faults.on('mediaDamaged') && bytes.length > 0) bytes[0] = (bytes[0] ?? 0) ^ 1;
  return c.body(bytes, 200, { 'content-type': file.mime });
}
