import { describe, expect, it } from 'vitest';
import { NOW } from '../contract/tools.ts';
import { Misconfigured, Refused, Retry } from '../errors.ts';
import { actOn, CODES } from './codes.ts';
import { untilMidnight } from './errors.ts';
import { failed, set } from './test/answers.ts';
import { SEND, say } from './test/sending.ts';

/** Every row of channels/wechat.md §8 and §16: what is thrown when a message is answered so. */
const ROWS: [codes: number[], kind: new (...words: never[]) => Error, code: string | undefined, afterMs?: number][] = [
  [[-1], Retry, undefined],
  [[40001, 40014, 42001, 41001, 42006], Misconfigured, 'bad_token'],
  [[40003], Refused, 'not_found'],
  [[43004, 50005, 48002], Refused, 'unreachable'],
  [[45015, 45047], Refused, 'window_closed'],
  [[45002], Refused, 'too_long'],
  [[45008, 40008, 45162, 45098, 45099], Refused, 'wrong_type'],
  [[40007, 40005, 46001], Refused, 'media_refused'],
  [[45009], Retry, undefined, untilMidnight(NOW)],
  [[45011, 45501], Retry, undefined, 60_000],
  [[45080, 45081, 45072], Refused, 'typing'],
  [[45087, 45094], Misconfigured, 'account_blocked'],
  [[48001], Misconfigured, 'send_api_unavailable'],
  [[48004, 50002], Misconfigured, 'account_restricted'],
  [[61007, 61016, 61017], Misconfigured, 'permission_missing'],
  [[61003], Misconfigured, 'not_authorised'],
  [[40164, 61004], Misconfigured, 'ip_not_allowed'],
  [[47001, 40033, 47002, 61014, 61015, 85064, 89401], Refused, 'rejected'],
  [[61005, 61006], Retry, undefined, 60_000],
  [[61009, 61010, 40163, 40029], Refused, 'auth_code_used'],
  [[61011, 40091, 40094], Misconfigured, 'bad_app'],
  [[61023, 42007], Misconfigured, 'authorise_again'],
  [[61028], Misconfigured, 'not_released'],
  [[40013, 40125], Misconfigured, 'bad_credentials'],
  [[48006], Misconfigured, 'quota_used_up'],
];

describe('every error of WeChat has an action', () => {
  it.each(ROWS.flatMap(([codes, kind, code, afterMs]) => codes.map((errcode) => ({ errcode, kind, code, afterMs }))))(
    '$errcode',
    async ({ errcode, kind, code, afterMs }) => {
      const { tools } = set({ [SEND]: failed(errcode, 'some words rid: 1-2-3') });
      const error = await say(tools);
      expect(error).toBeInstanceOf(kind);
      expect((error as Error).message).toContain('some words rid: 1-2-3');
      if (code) expect(error).toMatchObject({ code });
      if (afterMs) expect(error).toMatchObject({ afterMs });
    },
  );
  it('has a row here for every code it knows', () => {
    const tested = new Set(ROWS.flatMap(([codes]) => codes));
    const beyond = [43019, 40004, 40006, 40009, 40010, 40011, 45001, 50001, 89503, 40243];
    expect(
      Object.keys(CODES)
        .map(Number)
        .filter((code) => !tested.has(code))
        .sort(),
    ).toEqual(beyond.sort());
    expect(actOn(99_999)).toEqual({ do: 'refuse', code: 'rejected' });
  });
  it('waits for the day to end in Beijing', () => {
    const at = (iso: string) => new Date(Date.parse(iso) + untilMidnight(Date.parse(iso))).toISOString();
    expect(at('2026-11-21T15:59:00Z')).toBe('2026-11-21T16:01:00.000Z');
    expect(at('2026-11-21T16:00:00Z')).toBe('2026-11-22T16:01:00.000Z');
    expect(at('2026-11-21T02:00:00Z')).toBe('2026-11-21T16:01:00.000Z');
  });
});
