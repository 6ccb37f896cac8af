import { z } from 'zod';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { ask } from './ask.ts';
import type { WeiboConfig } from './config.ts';
import { isId } from './ids.ts';
import { toWeibo } from './outbound.ts';
import { needToken } from './token.ts';

const answered = z.object({ result: z.unknown() });

/**
 * One customer service message (weibo.md section 5). Weibo gives no ids and knows no retry key: whatever broke off after it
 * left is Uncertain. `data` goes into the form as plain JSON and is encoded there, once.
 */
export async function send(batch: Outbound, config: WeiboConfig, tools: Tools): Promise<Sent> {
  const [message, ...more] = batch.messages;
  if (!message || more.length > 0) throw new RangeError('Weibo takes one message at a time.');
  if (!isId(batch.to)) throw new Refused('not_found', 'Not an id of Weibo.');
  const { type, data } = toWeibo(message.content);
  const token = await needToken(config, tools);
  const { json } = await ask(
    {
      method: 'POST',
      host: 'm',
      path: '/2/messages/reply.json',
      query: { access_token: token },
      // Also shown in the account's own message box, so that colleagues in Weibo's app see what was answered.
      form: { type, data: JSON.stringify(data), receiver_id: batch.to, save_sender_box: '1' },
    },
    tools,
    'send',
  );
  // Nobody has published the body of a success; `result: false` is the one thing that cannot be one.
  if (answered.safeParse(json).data?.result === false) throw new Refused('rejected', 'Weibo did not take the message.');
  return { messages: [{}] };
}
