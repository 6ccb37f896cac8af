import type { Content, Media } from '../../core/message.ts';
import type { Hub } from '../hub.ts';
import { payUrl } from '../pay/token.ts';
import { type MediaRow, mediaByIds } from '../store/media.ts';

const DAY = 86_400;
/** A link opens its file at least this long. Seconds. */
const WEEK = 7 * DAY;

/**
 * A signed link to a stored file. It names the organisation inside the signature, so no link opens another's file; its
 * end is rounded up to a day, so that the same file has the same link all day and stays in the browser's cache.
 */
export function mediaUrl(
  hub: Pick<Hub, 'secrets' | 'publicUrl' | 'now'>,
  organisationId: string,
  row: Pick<MediaRow, 'id' | 'name'> & Partial<Pick<MediaRow, 'mime'>>,
  { preview = false, seconds = WEEK }: { preview?: boolean; seconds?: number } = {},
): string {
  const exp = (Math.ceil(hub.now() / 1000 / DAY) + Math.ceil(seconds / DAY)) * DAY;
  const org = Buffer.from(organisationId.replaceAll('-', ''), 'hex').toString('base64url');
  const sig = `${org}.${hub.secrets.sign('media', signed(organisationId, row.id, exp, preview))}`;
  return `${hub.publicUrl}/media/${row.id}/${fileName(preview ? previewOf(row).name : row.name)}?exp=${exp}&sig=${sig}${preview ? '&preview=1' : ''}`;
}

const signed = (organisationId: string, id: string, exp: number, preview: boolean) =>
  `${organisationId}/${id}/${exp}/${preview ? 'preview' : ''}`;
/** Some platforms look at how a link ends. */
const fileName = (name: string) => encodeURIComponent(name || 'file').replaceAll("'", '%27');
/** What stands for a file: of a voice one that browsers play, of all else a small picture. */
export const previewOf = ({ mime = '' }: Partial<Pick<MediaRow, 'mime'>>) =>
  mime.startsWith('audio/') ? { mime: 'audio/wav', name: 'voice.wav' } : { mime: 'image/jpeg', name: 'preview.jpg' };

/** The organisation a link was signed for, or null when it was not, or is over. */
export function openLink(
  hub: Pick<Hub, 'secrets' | 'now'>,
  id: string,
  query: { exp: number; sig: string; preview: boolean },
): string | null {
  const [org = '', sig = ''] = query.sig.split('.');
  const hex = Buffer.from(org, 'base64url').toString('hex');
  if (hex.length !== 32) return null;
  const organisationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!hub.secrets.verify('media', signed(organisationId, id, query.exp, query.preview), sig)) return null;
  return query.exp * 1000 > hub.now() ? organisationId : null;
}

/**
 * A content on its way out: its file with a link, and with what is known of it by now (a download may have ended since
 * the message was stored). Contents asked for in the same turn share one query; files that are ready need none.
 */
export async function withMediaUrls<C extends Content | null>(
  hub: Hub,
  organisationId: string,
  content: C,
): Promise<C> {
  if (!content) return content;
  if ('media' in content && content.media)
    return { ...content, media: await shown(hub, organisationId, content.media) };
  if (content.type === 'link' && content.image)
    return { ...content, image: await shown(hub, organisationId, content.image) };
  if (content.type === 'payment') return { ...content, url: payUrl(hub, organisationId, content.id) };
  return content;
}

async function shown(hub: Hub, organisationId: string, media: Media): Promise<Media> {
  const { url: _url, previewUrl: _preview, source: _source, ...rest } = media;
  if (!media.id) return rest;
  const row = await factsOf(hub, organisationId, media.id);
  if (!row) return { ...rest, state: 'failed' };
  if (row.state !== 'ready') return { ...rest, state: row.state };
  return {
    ...rest,
    state: 'ready',
    name: row.name,
    mime: row.mime,
    size: row.size,
    width: row.width ?? undefined,
    height: row.height ?? undefined,
    url: mediaUrl(hub, organisationId, row),
    previewUrl: row.preview ? mediaUrl(hub, organisationId, row, { preview: true }) : undefined,
  };
}

const MOST_KEPT = 20_000;
interface Facts {
  ready: Map<string, MediaRow>;
  asked: Map<string, Map<string, PromiseWithResolvers<MediaRow | undefined>>>;
}
const facts = new WeakMap<Hub, Facts>();

function factsOf(hub: Hub, organisationId: string, id: string): Promise<MediaRow | undefined> | MediaRow {
  let mine = facts.get(hub);
  if (!mine) facts.set(hub, (mine = { ready: new Map(), asked: new Map() }));
  const known = mine.ready.get(`${organisationId}/${id}`);
  if (known) return known;
  let asked = mine.asked.get(organisationId);
  if (!asked) {
    mine.asked.set(organisationId, (asked = new Map()));
    queueMicrotask(() => void answer(hub, mine, organisationId));
  }
  let question = asked.get(id);
  if (!question) asked.set(id, (question = Promise.withResolvers()));
  return question.promise;
}

async function answer(hub: Hub, { ready, asked }: Facts, organisationId: string): Promise<void> {
  const questions = asked.get(organisationId)!;
  asked.delete(organisationId);
  try {
    const rows = new Map(
      (await mediaByIds(hub.db.org(organisationId), [...questions.keys()])).map((row) => [row.id, row]),
    );
    for (const [id, question] of questions) {
      const row = rows.get(id);
      // A file that is ready never changes.
      if (row?.state === 'ready') ready.set(`${organisationId}/${id}`, row);
      question.resolve(row);
    }
    while (ready.size > MOST_KEPT) ready.delete(ready.keys().next().value!);
  } catch (error) {
    for (const question of questions.values()) question.reject(error);
  }
}
