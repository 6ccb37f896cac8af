import { z } from 'zod';
import type { FileRule } from '../../../../core/can.ts';
import type { Profile } from '../../../../core/inbound.ts';
import type { Media } from '../../../../core/message.ts';
import type { Tools } from '../../../connector.ts';
import { Misconfigured, Refused, Retry } from '../../../errors.ts';
import { ask, type Manner } from '../ask.ts';
import type { Access } from '../call.ts';

/** A Page as it speaks to people by the Messenger Platform. */
export interface Speaker {
  pageId: string;
  access: Access;
  manner: Manner;
}
export type FileType = 'image' | 'audio' | 'video' | 'file';

/** Meta keeps uploads for longer. Seconds. */
const UPLOAD_SECONDS = 7 * 86_400;
const soft = z.string().max(2000).optional().catch(undefined);
const named = z.object({ first_name: soft, last_name: soft, profile_pic: soft });
const accepted = z.object({ message_id: z.string().min(1).max(200) });
const uploaded = z.object({ attachment_id: z.string().min(1).max(200) });

/** A person's page-scoped id, looked at before it goes into an address. Throws Refused. */
export function psid(id: string, { manner }: Speaker): string {
  if (/^\d{5,25}$/.test(id)) return id;
  throw new Refused('unreachable', `Not a person of ${manner.name}.`);
}

/** `POST /{page}/messages` with what is said and how; gives the id. Throws as `ask` does. */
export async function say(to: string, json: object, page: Speaker, tools: Tools): Promise<string | undefined> {
  const whole = { recipient: { id: psid(to, page) }, ...json };
  const call = { method: 'POST', path: `/${page.pageId}/messages`, json: whole } as const;
  const answer = await ask(call, page.access, tools, page.manner, 'send');
  return accepted.safeParse(answer).data?.message_id;
}

/** `mark_seen`, `typing_on`: nothing is sent, so it may be asked again. */
export async function show(sender_action: string, to: string, page: Speaker, tools: Tools): Promise<void> {
  const json = { recipient: { id: psid(to, page) }, sender_action };
  await ask({ method: 'POST', path: `/${page.pageId}/messages`, json }, page.access, tools, page.manner);
}

/** `null` for somebody who is nobody or not to be named: the token is good all the same. */
export async function profileOf(from: string, page: Speaker, tools: Tools): Promise<Profile | null> {
  const query = { fields: 'first_name,last_name,profile_pic' };
  const call = { method: 'GET', path: `/${psid(from, page)}`, query } as const;
  const answer = await ask(call, page.access, tools, page.manner).catch((error: unknown) => {
    if (error instanceof Refused || (error instanceof Misconfigured && error.code === 'wrong_id')) return null;
    throw error;
  });
  const { first_name, last_name, profile_pic: avatar } = named.safeParse(answer).data ?? {};
  const name = [first_name, last_name].filter(Boolean).join(' ') || undefined;
  return name || avatar ? { name, avatar } : null;
}

/** A file as a message names it: uploaded once and kept by its hash, or by its address where it is not ours to read. */
export async function payloadOf(
  type: FileType,
  media: Media,
  rule: FileRule | undefined,
  page: Speaker,
  tools: Tools,
): Promise<{ url: string } | { attachment_id: string }> {
  if (!media.id && media.url) return { url: media.url };
  const file = await tools.file(media, rule);
  const make = async () => {
    const form = new FormData();
    form.set('message', JSON.stringify({ attachment: { type, payload: { is_reusable: true } } }));
    form.set('filedata', new Blob([file.blob], { type: file.mime }), file.name);
    const path = `/${page.pageId}/message_attachments`;
    const answer = await ask({ method: 'POST', path, form }, page.access, tools, page.manner);
    const value = uploaded.safeParse(answer).data?.attachment_id;
    if (!value) throw new Retry(`${page.manner.name} took a file and gave no id.`);
    return { value, ttl: UPLOAD_SECONDS };
  };
  return { attachment_id: await tools.keep(`media:${page.pageId}:${type}:${file.hash}`, make) };
}
