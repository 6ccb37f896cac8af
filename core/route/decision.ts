import type { SeenFloor } from '../floor.ts';
import type { Area, Reception } from '../settings/index.ts';
import type { ReasonCode } from './reasons.ts';

/** What a hand-off is decided on, besides the settings and who is there. All of it is kept with the trace. */
export interface Asking {
  /** Epoch milliseconds. */
  at: number;
  /** How a person was asked for. */
  via: Via;
  channelId: string;
  /** The channel's kind. */
  connector: string;
  /** The channel's own group, for when no rule holds. */
  channelGroupId: string | null;
  /** The contact's tags. */
  tags: readonly string[];
  /** What the link or page passed: `group`, `agent`, `overflow`, `mode` mean something to us, the rest to the rules (API-04). */
  entry: Readonly<Record<string, string>>;
  /** The group of the menu item chosen, or of the keyword. */
  chosenGroupId: string | null;
  /** Who closed this customer's last session, and when (AR-23). */
  closedBy: { agentId: string; at: number } | null;
  /** What the channel itself does after hours (V-39); absent: what `reception.afterHours` says. */
  afterHours?: Reception['afterHours'];
}
/** `button`: the customer's click. `word`: a forced-human word. `keyword`: the keyword list (SW-04). `mode`: human first. `choice`: a menu item. `back`: AR-23. */
export const VIAS = ['button', 'word', 'keyword', 'mode', 'choice', 'back'] as const;
export type Via = (typeof VIAS)[number];

export type Outcome =
  /** Into this queue (null: everybody's); `agentId`: for this agent first. Place 1 is next; `seconds` is the estimate. `idle`: somebody is free; `present`: somebody is there. */
  | {
      to: 'wait';
      groupId: string | null;
      agentId: string | null;
      position: number;
      seconds: number | null;
      present: boolean;
      idle: boolean;
    }
  | { to: 'leave'; groupId: string | null; why: 'off-hours' | 'nobody' | 'rule' | 'no-queue' }
  /** Only hears when somebody is there again. */
  | { to: 'hours'; groupId: string | null; opensAt: number | null }
  /** The rules go on: a rule says so, or a keyword found nobody (SW-04, SW-06). */
  | { to: 'bot'; why: 'rule' | 'keyword' };

/** What decided, in the order of RT-08. `id` is the rule's. */
export interface DecidedBy {
  kind: 'agent' | 'tag-agent' | 'back' | 'overflow' | 'entry' | 'choice' | 'rule' | 'channel' | 'fallback';
  id?: string;
}
/** Why a step of the chain did, or did not, decide; codes have sentences in the console (`reasons.ts`). */
export interface Reason {
  /** Besides what can decide: a queue rule, the silent keyword (SW-04), a reception plan and its mode (`explainPlan`). */
  kind: DecidedBy['kind'] | 'queue' | 'keyword' | 'plan' | 'mode';
  id?: string;
  name?: string;
  matched: boolean;
  code: ReasonCode;
  params?: Record<string, string | number>;
}
export interface Decision {
  outcome: Outcome;
  by: DecidedBy;
  /** Working time, as the deciding rule saw it. */
  open: boolean;
  /** Groups the customer was passed on from, first to last, and the queue rules that say so. */
  overflowed: { from: string | null; ruleId: string }[];
  /** Queue rules whose notice admins get. */
  notices: string[];
}

/** Stored with the `waiting` event, or whichever came of it: enough to decide again. */
export interface Trace {
  asking: Asking;
  seen: SeenFloor;
  /** Versions of the documents it was decided by. */
  versions: Partial<Record<Area, number>>;
  decision: Decision;
}
