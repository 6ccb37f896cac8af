import type { Inbound } from '../../../core/inbound.ts';
import type { RawRequest, Received } from '../../connector.ts';
import { readJson } from '../json.ts';
import { handshake } from './handshake.ts';
import { verify } from './signature.ts';

/** What Meta knows us by: the token it was told at its page, and the secret of the app. */
export interface Secrets {
  verifyToken: string;
  appSecret: string;
}

/**
 * One webhook of Meta's: the handshake is answered, everything else must be signed before a byte of it is read. Throws
 * BadSignature and BadRequest.
 */
export function hear(
  request: RawRequest,
  { verifyToken, appSecret }: Secrets,
  translate: (body: unknown) => Inbound[],
): Received {
  const shaken = handshake(request, verifyToken);
  if (shaken) return shaken;
  verify(request, appSecret);
  return { events: translate(readJson(request.body)) };
}
