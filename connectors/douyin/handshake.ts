import type { Reply } from '../connector.ts';
import { BadRequest } from '../errors.ts';
import { readContent, sourceOf } from './read.ts';

/**
 * The trial of an address when it is saved: the challenge goes back as it was written, a number as a number, whether the
 * content came as an object or as JSON text (douyin.md section 2). `undefined` for any other event.
 */
export function handshake(body: unknown, bytes: Uint8Array): Reply | undefined {
  const event = body as { event?: unknown; content?: unknown } | null;
  if (typeof event !== 'object' || event?.event !== 'verify_webhook') return undefined;
  const { challenge } = readContent(event.content);
  if (typeof challenge !== 'number' && typeof challenge !== 'string')
    throw new BadRequest('bad_event', 'Not what Douyin sends: content.challenge.');
  const text = typeof event.content === 'string' ? event.content : new TextDecoder().decode(bytes);
  return { body: `{"challenge":${sourceOf(text, 'challenge') ?? JSON.stringify(challenge)}}` };
}
