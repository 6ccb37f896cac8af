import type { Hub } from '../hub.ts';
import { rememberPage } from '../store/identities.ts';
import { kept, putKept } from '../store/keep.ts';

/** Where a visitor's page stands: its address, title and where they came from. */
export interface Page {
  url?: string | undefined;
  title?: string | undefined;
  referrer?: string | undefined;
}

const DAY_MS = 86_400_000;
const nameOf = (channelId: string, visitorId: string) => `page:${channelId}:${visitorId}`;

/**
 * Notes the page a visitor says hello from. Who has written before has it on the card at once; of a stranger it is kept,
 * sealed, for a day, and goes onto the card with the first words.
 */
export async function notePage(
  hub: Hub,
  organisationId: string,
  channelId: string,
  visitorId: string,
  identityId: string | undefined,
  page: Page,
): Promise<void> {
  const facts = Object.fromEntries(
    Object.entries(page).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  if (!Object.keys(facts).length) return;
  if (identityId) return await rememberPage(hub.db.org(organisationId), identityId, facts);
  const name = nameOf(channelId, visitorId);
  await putKept(hub.db, name, hub.secrets.seal(JSON.stringify(facts), name), new Date(hub.now() + DAY_MS));
}

/** What was kept of a stranger's page, or nothing. */
export async function notedPage(
  hub: Hub,
  channelId: string,
  visitorId: string,
): Promise<Record<string, string> | null> {
  const name = nameOf(channelId, visitorId);
  const row = await kept(hub.db, name, new Date(hub.now()));
  return row ? (JSON.parse(hub.secrets.open(row.value, name)) as Record<string, string>) : null;
}
