import type { Hub } from '../hub.ts';
import { identitiesWithoutProfile, learnProfile } from '../store/identities.ts';
import { toolsFor } from './tools.ts';

/**
 * Asks the platform who these people are. A name that a member wrote on the card stays. Where the platform will not say,
 * the question is noted as asked; of our own visitors nobody knows more than their page. Throws what the connector throws, so that the job comes again.
 */
export async function learnProfiles(hub: Hub, organisationId: string, identityIds: readonly string[]): Promise<void> {
  const org = hub.db.org(organisationId);
  for (const row of await identitiesWithoutProfile(org, identityIds)) {
    const channel = await hub.rulebook.channelById(organisationId, row.channel_id);
    if (!channel?.enabled) continue;
    // Only the hub that holds a linked account can ask; with the first message the name has mostly come by itself.
    const link = channel.connector.link && hub.links.get(channel.id);
    if (channel.connector.link && !link?.profile) continue;
    const profile = link?.profile
      ? await link.profile(row.external_id)
      : channel.connector.profile
        ? await channel.connector.profile(row.external_id, channel.config, toolsFor(hub, channel))
        : null;
    await learnProfile(org, row, profile, new Date(hub.now()));
    if (profile) hub.live.publish(organisationId, [{ kind: 'contact', id: row.contact_id }]);
  }
}
