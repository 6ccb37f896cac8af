import type { FindingCode } from './findings/codes.ts';
import type { Area, Settings } from './index.ts';

/** Something in a settings document that is wrong (`error`: not saved), or does nothing (`warning`). */
export interface Finding {
  level: 'error' | 'warning';
  area: Area;
  /** Where in the document: `rules.3.when`. */
  path: string;
  code: FindingCode;
  params?: Record<string, string | number>;
}

/** What the settings cannot know of themselves; leave out what is not known. */
export interface Known {
  /** A channel's kind; null: no such channel. */
  connectorOf?: (channelId: string) => string | null;
}

/** Everything in the documents that is wrong or can never fire, area by area in their order. */
export function findings(_settings: Settings, _known: Known = {}): Finding[] {
  return [];
}
