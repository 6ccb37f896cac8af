import type { Grant, Trigger } from '../../core/can.ts';

/**
 * Every number of Douyin that we rest on, in one place, because most of them are second-hand: no official page gives
 * windows or counts (douyin.md sections 5 and 8). Seconds, bytes, UTF-16 units.
 */
export const DAY = 86_400;

/** A message may be answered for about 24 hours and about six times, until the person writes again. */
export const REPLY: Grant = { seconds: DAY, sends: 6 };
/** After the conversation page was opened: a greeting, at once. Douyin allows it three times a day; it counts that itself. */
export const ENTER: Grant = { seconds: 30, sends: 3 };
/** Once a day, up to three messages. The ledger knows acts, not days: we take the day of the consent itself. */
export const CONSENT: Grant = { seconds: DAY, sends: 3 };

export const GRANTS: Partial<Record<Trigger, Grant>> = { message: REPLY, enter: ENTER, consent: CONSENT };

/** Longest text; no page names a limit, integrators stay below this. */
export const TEXT = 500;
/** "图片不超过 10 MB；仅支持 jpeg, png, bmp, webp", of which browsers and phones agree on two. */
export const IMAGE = { types: ['image/jpeg', 'image/png'], bytes: 10_000_000, remade: 20_000_000 };
/** The app lets people take back for two to three minutes; the call names no limit. */
export const RECALL = 120;

/** A token is refreshed, and a refresh token renewed, when less than this is left. */
export const REFRESH_BEFORE = 5 * DAY;
/** Days a renewal wins at least: it is made in the last five of a refresh token's thirty. */
export const RENEWAL_WINS = 25 * DAY;
/** `renew_refresh_token` works so often for one consent. */
export const RENEWALS = 5;
/** The admin is told when less than this is left and nothing can lengthen it. */
export const WARN_BEFORE = 14 * DAY;
/** Where an answer does not say how long its tokens live (douyin.md section 1). */
export const ACCESS_LIFE = 15 * DAY;
export const REFRESH_LIFE = 30 * DAY;

/** How long the page with the QR code may stay open, in milliseconds; the code it brings lives ten minutes. */
export const CONSENT_MS = 10 * 60_000;
/** Uploaded pictures are used again for so long; how long Douyin keeps an `image_id` is not told. */
export const UPLOAD_LIFE = 24 * 3600;
