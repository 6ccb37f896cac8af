import type { Can } from '../../core/can.ts';

/**
 * What WeChat allows, in one place, because its pages change and disagree (channels/wechat.md §8, §9). Bytes, seconds,
 * milliseconds as named.
 */

/** One text in bytes of UTF-8. */
export const TEXT_BYTES = 2048;
/** The same in UTF-16 units, whatever is written: no unit takes more than three bytes. */
export const TEXT = Math.floor(TEXT_BYTES / 3);
/** How long WeChat keeps what was uploaded (3 days), less half a day. Seconds. */
export const MEDIA_LIFE_S = 2.5 * 24 * 3600;
/** WeChat waits five seconds for an answer to a push; the way back takes its share. Milliseconds. */
export const PASSIVE_MS = 4_000;
/** Titles and descriptions of cards, in UTF-16 units. */
export const TITLE = 64;
export const DESCRIPTION = 120;
/** A ticket comes every ten minutes; after this long without one somebody is told. Milliseconds. */
export const TICKET_OLD_MS = 25 * 60_000;

const KIB = 1024;
const MIB = 1024 * KIB;
const HOUR = 3600;

/** The main list says 10 MB, the notes of the same page 2 MB: what fits both goes through. */
export const IMAGE = { types: ['image/jpeg', 'image/png', 'image/gif'], bytes: 2 * MIB, remade: 20 * MIB };

/** A message of the customer opens five of ours for two days (twenty before June 2023). */
const MESSAGE = { seconds: 48 * HOUR, sends: 5 };
const ACT = { seconds: 60, sends: 3 };

export const accountCan: Can = {
  text: TEXT,
  image: IMAGE,
  voice: { types: ['audio/amr', 'audio/mpeg'], bytes: 2 * MIB, seconds: 60 },
  video: { types: ['video/mp4'], bytes: 10 * MIB },
  /** Goes out as a card with a link: WeChat has no file message. */
  file: { types: ['*/*'], bytes: 200 * MIB },
  link: true,
  menu: { options: 10, text: 30 },
  miniProgram: true,
  typing: 'out',
  batch: 1,
  window: { grants: { message: MESSAGE, menu: ACT, follow: ACT, scan: ACT } },
};

export const miniCan: Can = {
  text: TEXT,
  image: IMAGE,
  file: { types: ['*/*'], bytes: 200 * MIB },
  link: true,
  miniProgram: true,
  typing: 'out',
  batch: 1,
  window: { grants: { message: MESSAGE, enter: { seconds: 60, sends: 2 } } },
};
