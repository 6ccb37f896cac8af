import * as desk from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import { withdraw } from '../pay/withdraw.ts';
import type { MessageRow, SessionRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { identityOf, messagesById } from '../store/sessions.ts';
import { act } from './act.ts';
import { inWords } from './in-words.ts';
import { canOf } from './rulebook.ts';
import { toolsFor } from './tools.ts';

/**
 * A member takes a message back within a minute, where the channel can take it back on the customer's screen too:
 * the platform is asked first, and when it will not, the message stays. Throws Refusal, `platform_refused` among them.
 */
export async function recall(hub: Hub, org: Org, memberId: string, sessionId: string, messageId: string) {
  let taken = false;
  await act(
    hub,
    org,
    sessionId,
    async ({ row, found }) => {
      const message = found.get(messageId);
      if (!message || message.session_id !== sessionId) throw new Refusal('not_found');
      const channel = await hub.rulebook.channelById(org.id, row.channel_id);
      // What was never sent can be taken back anywhere.
      if (!(channel && canOf(channel).recall) && message.delivery !== 'failed') throw new Refusal('cannot_carry');
      const steps = desk.recall(
        {
          messageId,
          authorId: message.author_id,
          createdAt: message.created_at.getTime(),
          recalledAt: message.recalled_at?.getTime() ?? null,
        },
        memberId,
        hub.now(),
      );
      if (!taken) await atPlatform(hub, org, row, message);
      taken = true;
      return steps;
    },
    { messageIds: [messageId] },
  );
  await withdraw(hub, org, messageId);
  return (await messagesById(org, [messageId]))[0]!;
}

async function atPlatform(hub: Hub, org: Org, row: SessionRow, message: MessageRow): Promise<void> {
  if (message.delivery === 'failed' || !message.external_id) return;
  const channel = await hub.rulebook.channelById(org.id, row.channel_id);
  const { connector } = channel ?? {};
  if (!channel || !connector) return;
  const { external_id: to } = await identityOf(org, row.identity_id);
  const externalId = message.external_id;
  if (connector.link) {
    const link = hub.links.get(channel.id);
    if (link) await inWords(async () => await link.recall?.({ to, externalId }));
    else hub.links.order(org.id, channel.id, { do: 'recall', to, externalId });
    return;
  }
  if (!connector.recall) return;
  await inWords(() => connector.recall!({ to, externalId }, channel.config, toolsFor(hub, channel)));
}
