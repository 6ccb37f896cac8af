import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectorContract, fixturesIn, jsonAnswer } from '../contract.ts';
import type { RawRequest } from '../connector.ts';
import type { LineConfig } from './config.ts';
import { line } from './index.ts';

const config: LineConfig = { channelSecret: '0123456789abcdef0123456789abcdef', accessToken: 'a-pasted-token-of-some-length==' };
const fixtures = fixturesIn(new URL('./fixtures/', import.meta.url));

export function sign(body: Uint8Array, { channelSecret }: LineConfig): RawRequest {
  const signature = createHmac('sha256', channelSecret).update(body).digest('base64');
  return { method: 'POST', path: '', query: {}, headers: { 'x-line-signature': signature }, body };
}

connectorContract(line, {
  config,
  stranger: { channelSecret: 'ffffffffffffffffffffffffffffffff', accessToken: 'another-token-of-some-length==' },
  fixtures, sign, syntax: 'json',
  proof: { in: 'headers', name: 'x-line-signature', coversBody: true },
  redeliver: (body) => body.replaceAll('"isRedelivery": false', '"isRedelivery": true'),
  unknown: { 'event-unknown': 'somethingNew', 'message-unknown': 'hologram', 'group-text': 'group/message' },
});
