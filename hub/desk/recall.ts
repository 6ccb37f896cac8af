import * as desk from '../../core/desk.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { messagesById } from '../store/sessions.ts';
import { act } from './act.ts';

/** A member takes a message back within a minute, where the channel can take it back on the customer's screen too. */
export async function recall(hub: Hub, org: Org, memberId: string, sessionId: string, messageId: string) {
  await act(
    hub,
    org,
    sessionId,
    async ({ row, found }) => {
      const message = found.get(messageId);
      if (!message || message.session_id !== sessionId) throw new Refusal('not_found');
      const channel = await hub.rulebook.channelById(org.id, row.channel_id);
      // What was never sent can be taken back anywhere.
      if (!channel?.connector.can.recall && message.delivery !== 'failed') throw new Refusal('cannot_carry');
      return desk.recall(
        {
          messageId,
          authorId: message.author_id,
          createdAt: message.created_at.getTime(),
          recalledAt: message.recalled_at?.getTime() ?? null,
        },
        memberId,
        hub.now(),
      );
    },
    { messageIds: [messageId] },
  );
  return (await messagesById(org, [messageId]))[0]!;
}
