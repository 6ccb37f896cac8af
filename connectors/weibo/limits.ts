import type { ReplyWindow } from '../../core/can.ts';

/**
 * Every number Weibo changes its mind about, in one place (weibo.md sections 5 and 10). Older pages of its wiki have
 * 72 hours, three answers a message or one message a week; the newest wording is here, and Weibo's own error decides.
 */
const HOURS_48 = 48 * 3600;

/**
 * After the fan writes, follows, subscribes, taps the menu or scans: 48 hours, any number of messages. After being
 * mentioned in public: one message in 48 hours. Opening a menu's link (`view`) is not in Weibo's list and grants nothing.
 */
export const WINDOW: ReplyWindow = {
  grants: {
    message: { seconds: HOURS_48 },
    menu: { seconds: HOURS_48 },
    follow: { seconds: HOURS_48 },
    scan: { seconds: HOURS_48 },
    mention: { seconds: HOURS_48, sends: 1 },
  },
};

/** “Fewer than 300 Chinese characters”: in UTF-16 units, which never count less than Weibo does. */
export const TEXT = 299;
/** Weibo names no limit for an article's picture; past this its own pictures are not taken either. Bytes. */
export const PICTURE_BYTES = 5_000_000;
/** What an article's title and summary are cut to; no limit is published. UTF-16 units. */
export const TITLE = 64;
export const SUMMARY = 120;

/** Weibo waits 5 seconds for the answer to a push; the way there and back is part of it. Milliseconds. */
export const PASSIVE_MS = 4_000;

const DAY_MS = 86_400_000;
/** A token is looked at this often, and its end is told a week before, or in the last fifth of a short life. */
export const LOOK_MS = DAY_MS;
export const WARN_MS = 7 * DAY_MS;
export const WARN_SHARE = 0.2;
/** How long somebody may take to log in and agree. Weibo names no limit. Milliseconds. */
export const CONSENT_MS = 10 * 60_000;
