import type { Context } from 'hono';
import { logId } from './ids.ts';
import type { Platform } from './platform.ts';

/** Douyin's words, where they are known; HTTP says 200 either way (douyin.md section 7). */
const WORDS: Record<number, string> = {
  10002: 'parameter error',
  10003: 'client_key error',
  10005: 'parameter error: redirect_uri or scope',
  10007: 'authorization code expired',
  10010: 'refresh_token expired, please authorize again',
  10013: 'client_key or client_secret error',
  2190001: 'quota has been used up',
  2190008: 'access_token expired',
  28001003: 'access_token is invalid',
  28001006: 'system is busy, please retry',
  28001007: 'invalid parameter',
  28001008: 'access_token expired, please refresh it or authorize again',
  28001012: 'the user has not authorized this',
  28001015: 'access_token and open_id do not match',
  28001018: 'the app or account lacks this ability',
  28003017: 'the quota of today has been used up',
  28003018: 'too many requests',
  28003070: 'private message frequency limit',
  28004020: 'the content was refused',
};

/** An error or a success in the shape of the IM calls: `extra` tells, `data` repeats it. */
export function verdict(c: Context, { host }: Platform, code: number, more: object = {}): Response {
  const description = WORDS[code] ?? '';
  const now = host.now();
  return c.json({
    data: { error_code: code, description },
    extra: { error_code: code, description, sub_error_code: 0, sub_description: '', logid: logId(now), now },
    ...more,
  });
}

/** In the shape of the OAuth calls: everything in `data`. */
export function oauth(c: Context, code: number, data: object = {}): Response {
  const description = WORDS[code] ?? '';
  return c.json({ data: { ...data, error_code: code, description }, message: code === 0 ? 'success' : 'error' });
}

/** In the shape of the download call. */
export function errNo(c: Context, { host }: Platform, code: number, data?: object): Response {
  return c.json({ err_no: code, err_msg: code === 0 ? '' : (WORDS[code] ?? ''), log_id: logId(host.now()), data });
}
