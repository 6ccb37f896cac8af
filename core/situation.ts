import type { ReplyWindow } from './can.ts';
import type { Floor } from './floor.ts';
import type { HouseLanguage } from './house-text.ts';
import type { OffHours } from './off-hours.ts';
import type { Trace } from './route/decision.ts';
import type { Rules } from './rules.ts';
import type { Marks, Session } from './session.ts';

/** All that reception knows besides the event. The hub looks it up once for each; nothing here changes while core decides. */
export interface Situation {
  /** The open session of this customer on this channel, or none. */
  session: Session | null;
  channelId: string;
  /** The channel's kind. */
  connector: string;
  /** The channel's own group, for when no routing rule holds. */
  channelGroupId: string | null;
  rules: Rules;
  /** Who is at work. */
  floor: Floor;
  /** Now, epoch milliseconds. */
  at: number;
  /** The place of the session if it waits already, 1 is next. */
  ownPlace: number | null;
  /** The contact's tags. */
  tags: readonly string[];
  /** Who closed this customer's last session, and when (AR-23). */
  closedBy: { agentId: string; at: number } | null;
  /**
   * The last closed session's invitation, where no session is open. A page may answer that of an earlier session while
   * another is open: for an `Inbound` `rate` that names it, `session` is null and this is it.
   */
  rateable: { sessionId: string; invitation: NonNullable<Marks['invited']>; rated: boolean } | null;
  language: HouseLanguage;
  /** May the customer end the session himself (V-11)? */
  mayEnd: boolean;
  /** The plugin's own way after hours (V-39); absent: as the house does. */
  offHours?: OffHours;
  /** The channel's rule of when we may write at all. */
  window?: ReplyWindow;
  /** What the customer came with; that of the open session where there is one. See `Inbound.entry`. */
  entry?: Record<string, string>;
  /** 0 ≤ n < 1; chooses among replies. */
  chance: number;
  /** A fresh id, for an invitation. */
  newId(): string;
  /** Versions of the documents in `rules`, for the trace. */
  versions: Trace['versions'];
  /** Null: no such group, or no longer. */
  group(id: string): GroupTexts | null;
}

/** What a skill group says (SG-03…SG-06). Its plan decides `Floor.group(id).open`. */
export interface GroupTexts {
  id: string;
  name: string;
  planId: string | null;
  /** In working time, after the customer's first words (SG-04). An empty text is never sent. */
  greeting: Spoken;
  /** After hours (SG-05). An empty text gives way to the organisation's. */
  offHours: Spoken;
}
/** A text with a switch. */
export interface Spoken {
  on: boolean;
  text: string;
}
