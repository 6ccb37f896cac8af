import type { Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { type Call, call, NoAnswer } from './api.ts';
import type { LineConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { isUser } from './ids.ts';

/** Seconds the dots stay (5 to 60, by fives); short, because nothing can call them back but a message of ours. */
const DOTS_SECONDS = 10;

/** Marks as read up to the message the receipt came with. Shows only while the account's chat is on and its mode is manual. */
export async function markRead(receipt: string, config: LineConfig, tools: Tools): Promise<void> {
  await tell({ method: 'POST', path: '/v2/bot/chat/markAsRead', json: { markAsReadToken: receipt } }, config, tools);
}

/** Shows the loading animation to somebody who has the chat open. One-to-one chats only. */
export async function typing(to: string, config: LineConfig, tools: Tools): Promise<void> {
  if (!isUser(to)) throw new Refused('not_found', 'LINE shows typing to single persons only.');
  await tell(
    { method: 'POST', path: '/v2/bot/chat/loading/start', json: { chatId: to, loadingSeconds: DOTS_SECONDS } },
    config,
    tools,
  );
}

async function tell(request: Call, config: LineConfig, tools: Tools): Promise<void> {
  const answer = await call(request, config, tools).catch((error) => {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  });
  if (answer.status < 200 || answer.status > 299) throw trouble(answer, 'other', tools.now());
}
