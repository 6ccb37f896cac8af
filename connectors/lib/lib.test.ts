import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadRequest } from '../errors.ts';
import { neverLeft, retryAfter } from './http.ts';
import { bounded, readJson } from './json.ts';
import { avatar } from './sandbox/avatar.ts';
import { BoundedMap } from './sandbox/bounded.ts';
import { Files } from './sandbox/files.ts';
import { numbers, ulid } from './sandbox/ids.ts';
import { cut, safeName } from './text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('readJson', () => {
  it('gives back what was written, or says why not', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          expect(readJson(bytes(text))).toEqual(JSON.parse(text));
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequest);
        }
      }),
    );
  });
  it.each([
    ['bad_json', ''],
    ['bad_json', '1e999'],
    ['bad_json', '[{"a":-1.5E+999}]'],
    ['bad_json', `{"e":${'9'.repeat(400)}}`],
    ['nul', '"\\u0000"'],
    ['nul', '{"a\\u0000":1}'],
    ['lone_surrogate', '["\\ud83d"]'],
    ['too_deep', '['.repeat(65) + ']'.repeat(65)],
    ['too_deep', `["\\"",${'['.repeat(65)}${']'.repeat(65)},"\\""]`],
    ['too_deep', `["\\\\",${'['.repeat(65)}${']'.repeat(65)},"\\n"]`],
    ['too_deep', `["\\n\\u4f60",${'['.repeat(65)}${']'.repeat(65)}]`],
    ['bad_json', '["\\"",1e999,"\\""]'],
    ['nul', '["\\n","\\u0000"]'],
    ['lone_surrogate', '["\\/","\\uDFff"]'],
  ])('%s: %s', (code, text) => {
    expect(() => readJson(bytes(text))).toThrow(expect.objectContaining({ code }));
  });
  it('takes what is deep but not too deep, and escaped pairs', () => {
    expect(() => readJson(bytes('['.repeat(64) + ']'.repeat(64)))).not.toThrow();
    expect(readJson(bytes('"\\ud83d\\ude00"'))).toBe('😀');
  });
  it('keeps foreign data only while it is small', () => {
    expect(bounded({ a: 1 })).toEqual({ a: 1 });
    expect(bounded('x'.repeat(20_000))).toEqual({ tooLong: 20_002 });
    expect(bounded(undefined)).toBeUndefined();
  });
});

describe('texts', () => {
  it('are cut between characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        fc.integer({ min: 1, max: 20 }),
        (text, max) => {
          const short = cut(text, max);
          expect(short.isWellFormed() && short.length <= max && text.startsWith(short)).toBe(true);
          expect(short.length).toBeGreaterThanOrEqual(Math.min(text.length, max - 1));
        },
      ),
    );
  });
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.txt', 'a.txt'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['a\u0007b', 'ab'],
    ['..', undefined],
    ['', undefined],
    [undefined, undefined],
    ['订单 2026.pdf', '订单 2026.pdf'],
  ])('file name %j becomes %j', (name, clean) => expect(safeName(name)).toBe(clean));
});

describe('failures of the network', () => {
  const because = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  it('that never left are told from those that may have arrived', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED']) expect(neverLeft(because(code))).toBe(true);
    for (const code of ['UND_ERR_SOCKET', 'ECONNRESET', 'UND_ERR_HEADERS_TIMEOUT'])
      expect(neverLeft(because(code))).toBe(false);
    expect(neverLeft(new DOMException('late', 'TimeoutError'))).toBe(false);
    expect(neverLeft('a text')).toBe(false);
    const both = (...codes: string[]) =>
      new TypeError('fetch failed', {
        cause: new AggregateError(codes.map((code) => Object.assign(new Error(code), { code }))),
      });
    expect(neverLeft(both('ECONNREFUSED', 'ENETUNREACH'))).toBe(true);
    expect(neverLeft(both('ECONNREFUSED', 'ECONNRESET'))).toBe(false);
  });
  it('retry-after is read as seconds and as a date', () => {
    const wait = (value: string) => retryAfter(new Headers({ 'retry-after': value }), Date.UTC(2026, 0, 1));
    expect(wait('7')).toBe(7000);
    expect(wait('Thu, 01 Jan 2026 00:00:09 GMT')).toBe(9000);
    expect(wait('Thu, 01 Jan 2020 00:00:00 GMT')).toBeUndefined();
    expect(wait('soon')).toBeUndefined();
    expect(wait('99999999')).toBe(3_600_000);
  });
});

describe('what a sandbox keeps', () => {
  it('is bounded', () => {
    const map = new BoundedMap<number, number>(3);
    for (let i = 0; i < 10; i++) map.set(i, i);
    expect([...map.keys()]).toEqual([7, 8, 9]);
    const files = new Files(100);
    const ids = [60, 30, 30].map(
      (size) => files.add({ name: 'a', mime: 'a/b', at: 0, bytes: new Uint8Array(size) }).id,
    );
    expect(ids.map((id) => files.get(id)?.bytes.length)).toEqual([undefined, 30, 30]);
    expect(files.get(files.add({ name: 'a', mime: 'a/b', at: 0, bytes: new Uint8Array(500) }).id)).toBeDefined();
  });
  it('has numbers that grow and never repeat, even within a millisecond or when the clock goes back', () => {
    let now = 1_760_000_000_000;
    const next = numbers(() => now);
    const given = Array.from({ length: 50 }, (_, i) => {
      if (i === 20) now += 5;
      if (i === 40) now -= 1000;
      return next();
    });
    expect([...given].sort()).toEqual(given);
    expect(new Set(given).size).toBe(50);
    expect(ulid(now)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(ulid(now).slice(0, 10) < ulid(now + 1).slice(0, 10)).toBe(true);
  });
  it('draws faces as PNG, the same for the same id', () => {
    expect([...avatar('a').slice(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(avatar('a')).toEqual(avatar('a'));
    expect(avatar('a')).not.toEqual(avatar('b'));
  });
});
