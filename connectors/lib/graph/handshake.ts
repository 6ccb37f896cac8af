import type { RawRequest, Received } from '../../connector.ts';
import { BadRequest, BadSignature } from '../../errors.ts';
import { same } from './signature.ts';

/** Meta's challenges are numbers; whatever else comes is not reflected at large. */
const CHALLENGE = /^[\w.~-]{1,256}$/;

/**
 * The answer to Meta's try of the callback address: the challenge as plain text. `undefined` where the request is none.
 * Throws BadSignature where the verify token is not ours, BadRequest where there is no challenge.
 */
export function handshake({ method, query }: RawRequest, verifyToken: string): Received | undefined {
  if (method !== 'GET') return undefined;
  if (query['hub.mode'] !== 'subscribe' || !same(query['hub.verify_token'] ?? '', verifyToken))
    throw new BadSignature('The verify token is not of this channel.');
  const challenge = query['hub.challenge'] ?? '';
  if (!CHALLENGE.test(challenge)) throw new BadRequest('no_challenge', 'The challenge is missing.');
  return { events: [], reply: { type: 'text/plain; charset=utf-8', body: challenge } };
}
