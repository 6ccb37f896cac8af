import type { Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { graph } from './access.ts';
import type { WhatsAppConfig } from './config.ts';

/** Dots go to a message, and Meta takes marks of the last 30 days; ours are of a running conversation. Seconds. */
const LAST_SECONDS = 24 * 3600;
const lastKey = (from: string, { phoneNumberId }: WhatsAppConfig) => `last:${phoneNumberId}:${from}`;

/** Marks a message, and with it all before, as read. Remembers it as the one that dots may go to. */
export async function markRead(receipt: string, config: WhatsAppConfig, tools: Tools): Promise<void> {
  const [from, id] = receipt.split(' ');
  if (!from || !id) throw new Refused('rejected', 'Not a mark of WhatsApp.');
  await tell({ message_id: id }, config, tools);
  const key = lastKey(from, config);
  await tools.forget(key);
  await tools.keep(key, async () => ({ value: id, ttl: LAST_SECONDS }));
}

class Unread extends Error {}

/**
 * Shows dots for 25 s or until an answer (whatsapp.md B8). They belong to a message of the customer's and mark it as read,
 * so they are shown only to somebody whose words have been read; to anybody else nothing happens.
 */
export async function typing(to: string, config: WhatsAppConfig, tools: Tools): Promise<void> {
  let id: string;
  try {
    id = await tools.keep(lastKey(to, config), async () => {
      throw new Unread();
    });
  } catch (error) {
    if (error instanceof Unread) return;
    throw error;
  }
  await tell({ message_id: id, typing_indicator: { type: 'text' } }, config, tools);
}

async function tell(mark: object, config: WhatsAppConfig, tools: Tools): Promise<void> {
  const json = { messaging_product: 'whatsapp', status: 'read', ...mark };
  await graph({ method: 'POST', path: `/${config.phoneNumberId}/messages`, json }, config, tools);
}
