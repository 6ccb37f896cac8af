import type { Hub } from '../hub.ts';
import { mediaUrl, openLink } from '../media/links.ts';
import { wrong } from '../problem.ts';
import { mediaById } from '../store/media.ts';
import type { Org } from '../store/org.ts';

/** Links to our files end, so a member's picture is kept as the file it is, not as the link it came by. */
const OURS = 'media:';

/**
 * What to store of the address somebody chose as their picture: a file of ours by its id, anything else as it is. Whoever
 * has a link that opens may use its file. Throws `invalid_input` when a link of ours opens nothing, or no picture of theirs.
 */
export async function keepAvatar(hub: Hub, org: Org, address: string): Promise<string> {
  const home = new URL(hub.publicUrl).origin;
  const url = URL.parse(address, home);
  const [, id] = /^\/media\/([0-9a-f-]{36})\//.exec(url?.pathname ?? '') ?? [];
  if (url?.origin !== home || !id) return address;
  const { searchParams: asked } = url;
  const link = { exp: Number(asked.get('exp')), sig: asked.get('sig') ?? '', preview: asked.get('preview') === '1' };
  const row = openLink(hub, id, link) === org.id ? await mediaById(org, id) : undefined;
  if (row?.state !== 'ready' || !row.mime.startsWith('image/')) throw wrong('avatar', 'unknown');
  return OURS + id;
}

/** The address a browser can open now. */
export function avatarUrl(hub: Hub, organisationId: string, kept: string | null): string | null {
  if (!kept?.startsWith(OURS)) return kept;
  return mediaUrl(hub, organisationId, { id: kept.slice(OURS.length), name: 'avatar' });
}
