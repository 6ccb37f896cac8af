import type { Hub } from '../hub.ts';
import type { JobData } from '../jobs.ts';
import { pointedAt, senderOf } from '../store/arrivals.ts';

/**
 * A recall found no message and left a mark for it. At that very moment another hub may have been storing the message
 * without having seen the mark: then it is here by now, and is taken back after all. What is not here will see the mark.
 */
export async function recallAgain(
  hub: Hub,
  { organisationId, channelId, messageId }: JobData['recalled'],
): Promise<void> {
  const org = hub.db.org(organisationId);
  const message = (await pointedAt(org, [channelId], [messageId])).get(`${channelId}:${messageId}`);
  if (typeof message !== 'object' || message.recalled_at) return;
  const channel = await hub.rulebook.channelById(organisationId, channelId);
  const from = await senderOf(org, message.session_id);
  if (!channel || !from) return;
  const externalId = `recalled-again:${messageId}`;
  await hub.receive({ channel, events: [{ kind: 'recall', messageId, from, externalId, at: hub.now() }] });
}
