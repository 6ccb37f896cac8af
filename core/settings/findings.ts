import type { FindingCode } from './findings/codes.ts';
import { hours } from './findings/hours.ts';
import { matching } from './findings/matching.ts';
import { type Notes, notes } from './findings/notes.ts';
import { queues } from './findings/queues.ts';
import { ratings } from './findings/ratings.ts';
import { reception } from './findings/reception.ts';
import { routing } from './findings/routing.ts';
import { contactTags, sessionTags } from './findings/tags.ts';
import { texts } from './findings/texts.ts';
import { timers } from './findings/timers.ts';
import { transfers } from './findings/transfers.ts';
import type { Area, Settings } from './index.ts';

export { FINDING_CODES, FINDINGS, type FindingCode } from './findings/codes.ts';

/** Something in a settings document that is wrong (`error`: not saved), or does nothing (`warning`). */
export interface Finding {
  level: 'error' | 'warning';
  area: Area;
  /** Where in the document: `rules.3.when`; empty: all of it. */
  path: string;
  code: FindingCode;
  params?: Record<string, string | number>;
}

/** What the settings cannot know of themselves; leave out what is not known. */
export interface Known {
  /** A channel's kind; null: no such channel. */
  connectorOf?: (channelId: string) => string | null;
}

/** The desk's switches cannot be wrong. */
const LOOKS: Record<Area, ((at: Notes) => void) | null> = {
  reception,
  routing,
  queues,
  matching,
  hours,
  texts,
  timers,
  transfers,
  ratings,
  desk: null,
  'session-tags': sessionTags,
  'contact-tags': contactTags,
};

/**
 * Everything in the documents that is wrong or can never fire, area by area. Whether what they point at is there is the
 * hub's to say. Documents fit their schemas already.
 */
export function findings(settings: Settings, known: Known = {}): Finding[] {
  const found: Finding[] = [];
  for (const [area, look] of Object.entries(LOOKS)) look?.(notes(area as Area, settings, known, found));
  return found;
}
