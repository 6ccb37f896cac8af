import type { Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import type { DouyinConfig } from './config.ts';
import { trouble } from './errors.ts';
import { recalled } from './memory.ts';
import { asAccount } from './tokens.ts';

/**
 * Takes back our own message. The conversation's id is known from the last right to write to this person; without one
 * (only proactive messages so far) Douyin cannot be asked.
 */
export async function recall(
  { to, externalId }: { to: string; externalId: string },
  config: DouyinConfig,
  tools: Tools,
): Promise<void> {
  const right = await recalled(to, tools);
  if (!right) throw new Refused('conversation_unknown', 'The conversation’s id at Douyin is not known any more.');
  const answer = await asAccount(
    {
      method: 'POST',
      path: '/im/recall/msg/',
      query: { open_id: config.openId },
      json: { msg_id: externalId, conversation_id: right.conversation, conversation_type: 1 },
    },
    config,
    tools,
  );
  if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
}
