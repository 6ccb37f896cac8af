import type { Logger } from 'pino';
import type { Outbox } from './desk/deliver.ts';
import type { Known } from './desk/known.ts';
import type { Pairing } from './desk/pair.ts';
import type { Delivery } from './desk/receive.ts';
import type { Rulebook } from './desk/rulebook.ts';
import type { Env } from './env.ts';
import type { Jobs } from './jobs.ts';
import type { HubLinks } from './links/index.ts';
import type { Live } from './live.ts';
import type { MediaStore } from './media/store.ts';
import type { Metrics } from './metrics.ts';
import type { MemberScreens } from './screens/members.ts';
import type { Presence } from './screens/presence.ts';
import type { VisitorScreens } from './screens/visitors.ts';
import type { Secrets } from './secrets.ts';
import type { Directory } from './show/directory.ts';
import type { Database } from './store/database.ts';

/** Everything a verb needs, handed on by hand: no container, no globals. A test builds its own. */
export interface Hub {
  readonly id: string;
  readonly env: Env;
  readonly db: Database;
  readonly jobs: Jobs;
  readonly live: Live;
  readonly media: MediaStore;
  readonly secrets: Secrets;
  /** Rules, words and channels of every organisation, compiled and kept fresh by live news. */
  readonly rulebook: Rulebook;
  /** People who wrote lately, with their open sessions, in memory. */
  readonly known: Known;
  /** Names of members and contacts, in memory. */
  readonly directory: Directory;
  /** Open pages of visitors, and of members through `presence`. */
  readonly visitors: VisitorScreens;
  readonly members: MemberScreens;
  readonly presence: Presence;
  /** Takes in what connectors translated; resolves when it is safe. */
  readonly receive: (delivery: Delivery) => Promise<void>;
  /** Sends what is pending; wake it after a commit. */
  readonly outbox: Outbox;
  /** Matches who waits with who is free; wake it after a commit. */
  readonly pairing: Pairing;
  /** Accounts that are lasting connections, each held by one hub. */
  readonly links: HubLinks;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  /** Where we are reachable from outside, without a slash at the end. */
  readonly publicUrl: string;
}
