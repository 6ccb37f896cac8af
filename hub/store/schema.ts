import type { ChannelTables } from './schema/channels.ts';
import type { ContactTables } from './schema/contacts.ts';
import type { FeedbackTables } from './schema/feedback.ts';
import type { KeepTable } from './schema/keep.ts';
import type { MemberTables, OrganisationsTable } from './schema/members.ts';
import type { MessageTables } from './schema/messages.ts';
import type { PayTables } from './schema/pay.ts';
import type { RuleTables } from './schema/rules.ts';
import type { ServiceTables } from './schema/service.ts';
import type { SessionTables } from './schema/sessions.ts';
import type { SignInTables } from './schema/sign-in.ts';
import type { WatchTables } from './schema/watch.ts';

/** The tables as TypeScript sees them; `migrations/` shapes them. Each room of `schema/` names its own. */

/** Tables that belong to one organisation: reachable only through `Org`. */
export interface OrgTables
  extends ChannelTables,
    ContactTables,
    FeedbackTables,
    MemberTables,
    MessageTables,
    PayTables,
    RuleTables,
    ServiceTables,
    SessionTables,
    WatchTables {}

export interface Tables extends OrgTables, SignInTables {
  organisations: OrganisationsTable;
  keep: KeepTable;
}
