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

const MB = 1_000_000;
/** 32 bytes in base64, in one spelling: the SDK's decoder would stop at the first `=` and take what follows for good. */
const SIGNATURE = /^[A-Za-z0-9+/]{43}=$/;

/** LINE official accounts, Messaging API v2 (channels/line.md). */
export const line = defineConnector({
  name: 'line',
  label: { zh: 'LINE 官方账号', en: 'LINE official account' },
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
