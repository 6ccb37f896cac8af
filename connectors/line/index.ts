import { validateSignature } from '@line/bot-sdk';
import { defineConnector } from '../connector.ts';
import { BadSignature } from '../errors.ts';
import { readJson } from '../lib/json.ts';
import { check } from './check.ts';
import { config, fields } from './config.ts';
import { translate } from './inbound.ts';
import { media } from './media.ts';
import { markRead, typing } from './presence.ts';
import { profile } from './profile.ts';
import { BATCH, send } from './send.ts';
import { ways } from './ways.ts';

const MB = 1_000_000;
/** 32 bytes in base64, in one spelling: the SDK's decoder would stop at the first `=` and take what follows for good. */
const SIGNATURE = /^[A-Za-z0-9+/]{43}=$/;

/** LINE official accounts, Messaging API v2 (channels/line.md). */
export const line = defineConnector({
  name: 'line',
  label: { zh: 'LINE 官方账号', en: 'LINE official account' },
  mark: {
    ground: '#12904a',
    path: 'M8 3.6c-3 0-5.2 1.8-5.2 4.1c0 2 1.7 3.5 4 3.9l.1 1.9l2.4-2.1c2.2-.5 3.9-1.9 3.9-3.7c0-2.3-2.2-4.1-5.2-4.1M5.8 7.8h4.4',
  },
  ways,
  fields,
  config,
  can: {
    text: 5000,
    image: { types: ['image/jpeg', 'image/png'], bytes: 10 * MB },
    voice: { types: ['audio/mp4', 'audio/x-m4a', 'audio/mpeg'], bytes: 200 * MB },
    video: { types: ['video/mp4'], bytes: 200 * MB },
    /** Goes out as its name and a link: LINE has no file message. */
    file: { types: ['*/*'], bytes: 200 * MB },
    location: true,
    link: true,
    quote: true,
    markRead: true,
    typing: 'out',
    batch: BATCH,
    window: { quota: 'push' },
  },
  repeats: true,
  answersOnce: true,
  hosts: { api: 'https://api.line.me', data: 'https://api-data.line.me' },
  receive({ headers, body }, { channelSecret }) {
    const signature = headers['x-line-signature'] ?? '';
    // A view, not a copy: the signature is over the very bytes (LINE writes some emoji as escapes).
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    if (!SIGNATURE.test(signature) || !validateSignature(bytes, channelSecret, signature)) {
      throw new BadSignature('The signature is not of this channel.');
    }
    return { events: translate(readJson(body)) };
  },
  send,
  profile,
  media,
  markRead,
  typing,
  check,
});
