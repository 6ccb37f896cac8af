import type { Sendable } from './message.ts';
import type { Routes } from './route/index.ts';
import type { Settings } from './settings/index.ts';
import type { WordHit } from './step.ts';

/** What an admin writes down, compiled for deciding. The hub builds it once per change and keeps it. */
export interface Rules {
  /** Every area, whole. */
  settings: Settings;
  /** `compileRoutes(settings)`. */
  routes: Routes;
  /** Enabled auto replies in their order. */
  replies: readonly AutoReplyRule[];
  /** One pass over a text for all word lists and keywords at once. */
  scan(text: string): Scan;
}

export interface AutoReplyRule {
  id: string;
  type: 'welcome' | 'keyword';
  /** Empty: every channel. */
  channelIds: readonly string[];
  replies: readonly Sendable[];
  mode: 'all' | 'random';
}

export interface Scan {
  /** Forced-human words (SW-03). */
  human: boolean;
  /** Keyword-to-human list (SW-04), with the group it names; null group: by routing. */
  keywordHuman: { groupId: string | null } | null;
  /** Ids of auto replies with a keyword in the text. */
  replyIds: ReadonlySet<string>;
  forbidden: WordHit[];
  sensitive: WordHit[];
  reminder: WordHit[];
}

export const NOTHING_FOUND: Scan = {
  human: false,
  keywordHuman: null,
  replyIds: new Set(),
  forbidden: [],
  sensitive: [],
  reminder: [],
};
