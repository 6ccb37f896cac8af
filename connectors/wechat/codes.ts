/**
 * What every error code of WeChat means for what to do next (channels/wechat.md §8, §16). `code` is our stable name.
 *
 * - `again` try the same later, after `afterMs` where WeChat's pace is known
 * - `midnight` the day's quota is used up: not before 00:00 in Beijing
 * - `token` renew the token once, then it is the admin's (`code`)
 * - `upload` the file is gone at WeChat: upload it again once
 * - `split` too long: in smaller pieces
 * - `words` this kind of card is not taken: its words instead
 * - `refuse` this message never; `held` until the customer writes again
 * - `admin` the account needs its admin
 */
export type Act =
  | { do: 'again'; afterMs?: number }
  | { do: 'midnight' }
  | { do: 'token' | 'upload' | 'split' | 'words' | 'refuse' | 'held' | 'admin'; code: string };

const refuse = (code: string): Act => ({ do: 'refuse', code });
const admin = (code: string): Act => ({ do: 'admin', code });
const token: Act = { do: 'token', code: 'bad_token' };
const again = (afterMs?: number): Act => ({ do: 'again', afterMs });
const upload: Act = { do: 'upload', code: 'media_refused' };
const minute = 60_000;

export const CODES: Readonly<Record<number, Act>> = {
  [-1]: again(),
  // The token: wrong or not the newest, expired, missing; of the platform.
  40001: token,
  40014: token,
  42001: token,
  41001: token,
  42006: token,
  // The customer.
  40003: refuse('not_found'),
  43004: refuse('unreachable'),
  50005: refuse('unreachable'),
  43019: refuse('unreachable'),
  48002: refuse('unreachable'),
  // The window and its count.
  45015: { do: 'held', code: 'window_closed' },
  45047: { do: 'held', code: 'window_closed' },
  // The message.
  45002: { do: 'split', code: 'too_long' },
  45008: refuse('wrong_type'),
  40008: refuse('wrong_type'),
  45162: refuse('wrong_type'),
  45098: { do: 'words', code: 'wrong_type' },
  45099: { do: 'words', code: 'wrong_type' },
  47001: refuse('rejected'),
  47002: refuse('rejected'),
  40033: refuse('rejected'),
  // The file.
  40007: upload,
  40005: upload,
  46001: upload,
  40004: refuse('wrong_type'),
  40006: refuse('file_too_large'),
  40009: refuse('file_too_large'),
  40010: refuse('file_too_large'),
  40011: refuse('file_too_large'),
  45001: refuse('file_too_large'),
  // Pace.
  45009: { do: 'midnight' },
  45011: again(minute),
  45501: again(minute),
  48006: admin('quota_used_up'),
  // Typing; nobody waits for it.
  45072: refuse('typing'),
  45080: refuse('typing'),
  45081: refuse('typing'),
  // What the account may do.
  45087: admin('account_blocked'),
  45094: admin('account_blocked'),
  48001: admin('send_api_unavailable'),
  48004: admin('account_restricted'),
  50002: admin('account_restricted'),
  50001: admin('permission_missing'),
  // Our address.
  40164: admin('ip_not_allowed'),
  61004: admin('ip_not_allowed'),
  89503: admin('ip_not_allowed'),
  // Credentials.
  40013: admin('bad_credentials'),
  40125: admin('bad_credentials'),
  40243: admin('bad_credentials'),
  42007: admin('authorise_again'),
  // The third-party platform.
  61003: admin('not_authorised'),
  61005: again(minute),
  61006: again(minute),
  61007: admin('permission_missing'),
  61009: refuse('auth_code_used'),
  61010: refuse('auth_code_used'),
  40029: refuse('auth_code_used'),
  40163: refuse('auth_code_used'),
  61011: admin('bad_app'),
  40091: admin('bad_app'),
  40094: admin('bad_app'),
  61014: refuse('rejected'),
  61015: refuse('rejected'),
  61016: admin('permission_missing'),
  61017: admin('permission_missing'),
  61023: admin('authorise_again'),
  61028: admin('not_released'),
};

/** Codes nobody told us of (mini-program code management and whatever comes): this message never, in WeChat's words. */
export const actOn = (errcode: number): Act => CODES[errcode] ?? refuse('rejected');
