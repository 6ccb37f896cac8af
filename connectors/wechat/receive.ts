import type { RawRequest, Received } from '../connector.ts';
import { BadSignature } from '../errors.ts';
import { maySend, type WechatConfig } from './config.ts';
import { translate } from './inbound.ts';
import { echo, type Keys, openBody } from './open-body.ts';
import { passive, SUCCESS } from './passive.ts';

/**
 * A push to the account's own address. An account connected through a third-party platform has none: its pushes come to
 * the platform's address. `answers`: the kind of account that may answer inside the response (not mini-programs).
 */
export function receiveWith(answers: boolean) {
  return (request: RawRequest, config: WechatConfig): Received => {
    const keys = keysOf(config);
    if (request.method === 'GET') return { events: [], reply: { type: 'text/plain', body: echo(request, keys) } };
    const opened = openBody(request, keys);
    const events = [translate(opened.fields)];
    const answering = answers && !maySend(config) ? passive(opened) : undefined;
    return { events, reply: SUCCESS, ...(answering && { passive: answering }) };
  };
}

function keysOf({ appId, token, previousToken, aesKey, previousAesKey, plaintext }: WechatConfig): Keys {
  if (!token) throw new BadSignature('This account is pushed to its third-party platform.');
  return {
    tokens: previousToken ? [token, previousToken] : [token],
    aesKeys: [aesKey, previousAesKey].filter((key): key is string => !!key),
    receiveId: appId,
    plaintext: plaintext === 'yes',
  };
}
