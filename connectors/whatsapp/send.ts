import { z } from 'zod';
import type { Sendable } from '../../core/message.ts';
import type { Outbound, Sent, Tools } from '../connector.ts';
import { Refused } from '../errors.ts';
import { graph } from './access.ts';
import type { WhatsAppConfig } from './config.ts';
import { can } from './limits.ts';
import { toWhatsApp } from './outbound.ts';
import { dropUpload } from './upload.ts';
import { isPhone, isUserId } from './who.ts';

const accepted = z.object({ messages: z.array(z.object({ id: z.string().min(1).max(200) })).min(1) });

/**
 * One message to one person (whatsapp.md B8): to a phone number as `to`, to a business-scoped user id as `recipient`.
 * There is no key to repeat with: ours goes along as `biz_opaque_callback_data` and comes back with every status.
 */
export async function send(batch: Outbound, config: WhatsAppConfig, tools: Tools): Promise<Sent> {
  const [message] = batch.messages;
  if (!message || batch.messages.length > 1) throw new RangeError('WhatsApp takes one message.');
  const { content, quote } = message;
  const to = addressee(batch.to);
  const post = async () => {
    const json = {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...to,
      ...(await toWhatsApp(content, config, tools)),
      ...(quote && { context: { message_id: quote } }),
      biz_opaque_callback_data: batch.key,
    };
    return graph({ method: 'POST', path: `/${config.phoneNumberId}/messages`, json }, config, tools, 'send');
  };
  let answer: unknown;
  try {
    answer = await post();
  } catch (error) {
    // A clear no; and if it is the file that Meta has dropped, it is uploaded once more.
    const gone = error instanceof Refused && (error.code === 'media_failed' || error.code === 'rejected');
    if (!gone || !(await isDropped(content, config, tools))) throw error;
    answer = await post();
  }
  const id = accepted.safeParse(answer).data?.messages[0]?.id;
  return { messages: [{ externalId: id, quoteToken: id }] };
}

async function isDropped(content: Sendable, config: WhatsAppConfig, tools: Tools): Promise<boolean> {
  switch (content.type) {
    case 'image':
    case 'voice':
    case 'video':
    case 'file':
      return dropUpload(content.media, can[content.type], config, tools);
    default:
      return false;
  }
}

function addressee(to: string): { to: string } | { recipient: string } {
  if (isPhone(to)) return { to };
  if (isUserId(to)) return { recipient: to };
  throw new Refused('not_found', 'Neither a phone number nor a user id of WhatsApp.');
}
