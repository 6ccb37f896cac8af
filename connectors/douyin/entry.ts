import { cut } from '../lib/text.ts';
import { readContent } from './read.ts';

/** What a customer came with, under Douyin's own names; the advert's parts each by itself. */
const OWN = ['scene_type', 'objectId', 'data-im-extra', 'query', 'path'] as const;
const AD = [
  'adv_id',
  'adv_name',
  'ad_id',
  'ad_name',
  'creative_id',
  'promotion_id',
  'material_title_id',
  'material_image_id',
  'material_video_id',
] as const;
const LONGEST = 500;

/** Scene, video, advert and what a mini-app handed over. `undefined` when nothing was told. */
export function entryOf(content: Record<string, unknown>): Record<string, string> | undefined {
  const entry: Record<string, string> = {};
  take(content, OWN, entry);
  if (content.ad_info) take(advert(content.ad_info), AD, entry);
  return Object.keys(entry).length > 0 ? entry : undefined;
}

function take(from: Record<string, unknown>, names: readonly string[], into: Record<string, string>): void {
  for (const name of names) {
    const value = from[name];
    const told = typeof value === 'string' ? value.trim() : Number.isSafeInteger(value) ? String(value) : '';
    if (told) into[name] = cut(told, LONGEST);
  }
}

/** JSON text, as a rule; unreadable advertising must not cost a greeting. */
function advert(info: unknown): Record<string, unknown> {
  try {
    return readContent(info);
  } catch {
    return {};
  }
}
