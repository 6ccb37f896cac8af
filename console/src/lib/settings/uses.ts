import type { Area } from '../../../../core/settings/index.ts';
import { t } from '../i18n/index.svelte.ts';

/** A place that points at something that shall go; as `in_use` tells of it (hub/settings/house.ts). */
export type Use =
  | { area: Area; path: string; entry: string | null }
  | { kind: 'group' | 'channel'; id: string; name: string }
  | { kind: 'words' | 'sessions'; count: number };

/** Pages whose path is not their area's name. */
const PAGES: Partial<Record<Area, string>> = {
  transfers: 'desk/transfers',
  'session-tags': 'tags',
  'contact-tags': 'tags/contacts',
};

/** Where a document of this area is edited; with a path, that place on the page. */
export const pageOf = (area: Area, path = ''): string =>
  `/settings/${PAGES[area] ?? area}${path ? `#${encodeURIComponent(path)}` : ''}`;

/** What uses it, from the whole to the part, and where to change that. */
export function spotOf(use: Use): { words: string[]; href: string } {
  if ('area' in use)
    return {
      words: [t(`inUse.area.${use.area}`), ...(use.entry ? [`“${use.entry}”`] : [])],
      href: pageOf(use.area, use.path),
    };
  if ('count' in use)
    return use.kind === 'words'
      ? { words: [t('inUse.words', { n: use.count })], href: '/settings/words' }
      : { words: [t('inUse.sessions', { n: use.count })], href: '/' };
  return use.kind === 'channel'
    ? { words: [t('inUse.channel', { name: use.name })], href: `/settings/channels/${use.id}` }
    : { words: [t('inUse.group', { name: use.name })], href: '/settings/team' };
}
