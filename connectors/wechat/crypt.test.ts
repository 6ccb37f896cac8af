import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadSignature } from '../errors.ts';
import { decrypt, encrypt, keyBytes, sameText, seal, signature } from './crypt.ts';

/** The vector of channels/wechat.md §3. */
const OWN = {
  token: 'demoToken1',
  aesKey: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  receiveId: 'wx00000000000000aa',
  random: Buffer.from('abcdefghijklmnop'),
  message: '<xml><Content>你好</Content></xml>',
  encrypted:
    'ZnOlBYhoWuZLTtzBJSU1bexgA2kEdGKV8DuhWWitchSGYXhnqbyy4cG4EjGQrL87Un7tG/hfwDNhvtsL8DJ5ItMAPWY/PhTg8JD7/vVWGLCQPk3puDLGHRTZ4R1rWv2N',
};

describe('WXBizMsgCrypt', () => {
  it('is the one of our vector, both ways', () => {
    expect(keyBytes(OWN.aesKey)).toEqual(Buffer.from(Array.from({ length: 32 }, (_, i) => i)));
    expect(encrypt(OWN.message, OWN.aesKey, OWN.receiveId, OWN.random)).toBe(OWN.encrypted);
    expect(decrypt(OWN.encrypted, OWN.aesKey, OWN.receiveId).toString()).toBe(OWN.message);
    expect(signature(OWN.token, '1700000000', 'n0nce', OWN.encrypted)).toBe('4555b2421f9437d0dd922e0fadbe119db9000ac1');
    expect(signature(OWN.token, '1700000000', 'n0nce')).toBe('2cba4c59a714137efb116beda25b7427a22b9031');
  });

  it('gives back every text, whatever its length does to the padding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
        const sealed = seal(text, OWN, 1_700_000_000);
        expect(decrypt(sealed.Encrypt, OWN.aesKey, OWN.receiveId).toString()).toBe(text);
        expect(sealed.MsgSignature).toBe(signature(OWN.token, '1700000000', sealed.Nonce, sealed.Encrypt));
      }),
    );
    const padded = new Set<number>();
    for (let length = 0; length < 32; length++) {
      const encrypted = encrypt('x'.repeat(length), OWN.aesKey, OWN.receiveId);
      padded.add(Buffer.from(encrypted, 'base64').length % 32);
      expect(decrypt(encrypted, OWN.aesKey, OWN.receiveId)).toHaveLength(length);
    }
    expect([...padded]).toEqual([0]);
  });

  it('never makes the same twice', () => {
    expect(encrypt('a', OWN.aesKey, OWN.receiveId)).not.toBe(encrypt('a', OWN.aesKey, OWN.receiveId));
  });

  it('takes a key whose last character carries spare bits', () => {
    const spare = `${OWN.aesKey.slice(0, -1)}9`;
    expect(keyBytes(spare)).toHaveLength(32);
    for (const bad of ['', 'short', `${OWN.aesKey}A`, `${OWN.aesKey.slice(0, -1)}!`])
      expect(() => keyBytes(bad)).toThrow(RangeError);
  });

  it('refuses what is for another, cut, changed, or nothing at all', () => {
    const open = (encrypted: string, receiveId = OWN.receiveId) => decrypt(encrypted, OWN.aesKey, receiveId);
    expect(() => open(OWN.encrypted, 'wx00000000000000ab')).toThrow(BadSignature);
    expect(() => open(OWN.encrypted, '')).toThrow(BadSignature);
    expect(() => decrypt(OWN.encrypted, `B${OWN.aesKey.slice(1)}`, OWN.receiveId)).toThrow(BadSignature);
    for (const bad of ['', '=', 'AAAA', 'not base64!', OWN.encrypted.slice(0, -4), OWN.encrypted.slice(24)])
      expect(() => open(bad), bad).toThrow(BadSignature);
  });

  it('refuses arbitrary bytes and every changed byte of the head and tail, never with another error', () => {
    const known = (encrypted: string): void => {
      try {
        decrypt(encrypted, OWN.aesKey, OWN.receiveId);
      } catch (error) {
        expect(error).toBeInstanceOf(BadSignature);
      }
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => known(Buffer.from(bytes).toString('base64'))));
    fc.assert(fc.property(fc.string(), known));
    const bytes = Buffer.from(OWN.encrypted, 'base64');
    for (const at of [bytes.length - 1, bytes.length - 17, bytes.length - 33]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decrypt(changed.toString('base64'), OWN.aesKey, OWN.receiveId)).toThrow(BadSignature);
    }
  });

  it('compares texts of any length', () => {
    expect(sameText('abc', 'abc')).toBe(true);
    for (const wrong of [undefined, '', 'ab', 'abd', 'abcd', '你好']) expect(sameText(wrong, 'abc')).toBe(false);
  });
});
