import { describe, expect, it } from 'vitest';
import type { Connector, RawRequest } from '../connector.ts';
import { BadRequest, BadSignature } from '../errors.ts';
import type { ContractOptions } from './options.ts';

/** Who says it is the platform? Wrong proof ends before a byte of the body is read. */
export function signature<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, stranger, fixtures, proof, sign } = options;
  const body = () => new TextEncoder().encode(Object.values(fixtures)[0]);
  const refused = (request: RawRequest) => expect(() => connector.receive(request, config)).toThrow(BadSignature);
  const given = (request: RawRequest) => request[proof.in][proof.name] ?? '';
  const withProof = (request: RawRequest, value: string | undefined): RawRequest => ({
    ...request,
    [proof.in]: { ...request[proof.in], [proof.name]: value },
  });

  describe('believes the signature only', () => {
    it('takes what is signed', () => {
      expect(given(sign(body(), config))).not.toBe('');
      expect(() => connector.receive(sign(body(), config), config)).not.toThrow();
    });
    it('refuses a missing one', () => {
      const { [proof.name]: _, ...rest } = sign(body(), config)[proof.in];
      refused({ ...sign(body(), config), [proof.in]: rest } as RawRequest);
    });
    it.each([
      ['empty', () => ''],
      ['a space', () => ' '],
      ['of another shape', () => 'not a signature'],
      ['very long', () => 'A'.repeat(100_000)],
      ['no text at all', () => '\u0000\uffff💥'],
      ['cut off', (good: string) => good.slice(0, -4)],
      ['doubled', (good: string) => good + good],
      [
        'with one letter changed',
        (good: string) =>
          good[9] === 'A' ? `${good.slice(0, 9)}B${good.slice(10)}` : `${good.slice(0, 9)}A${good.slice(10)}`,
      ],
      ['backwards', (good: string) => [...good].reverse().join('')],
    ])('refuses a wrong one: %s', (_, forge) => {
      const request = sign(body(), config);
      refused(withProof(request, forge(given(request))));
    });
    it('refuses another account’s', () => refused(sign(body(), stranger)));
    it('parses nothing before', () => {
      const request = sign(new TextEncoder().encode('{ not json'), config);
      refused(withProof(request, 'AAAA'));
    });

    for (const name of proof.also ?? []) {
      it(`refuses another ${name}, or none`, () => {
        const request = sign(body(), config);
        const value = request.query[name] ?? '';
        expect(value).not.toBe('');
        const { [name]: _, ...rest } = request.query;
        refused({ ...request, query: rest });
        for (const other of ['', `${value}0`, value.slice(1), 'x'.repeat(10_000)])
          refused({ ...request, query: { ...request.query, [name]: other } });
      });
    }

    if (proof.coversBody === false) return;
    const covered = (bytes: Uint8Array): [number, number] =>
      typeof proof.coversBody === 'function' ? proof.coversBody(bytes) : [0, bytes.length];
    it('refuses a tampered body, wherever the bit was turned', () => {
      const good = sign(body(), config);
      const [from, to] = covered(good.body);
      expect(to).toBeGreaterThan(from);
      for (const at of [from, Math.floor((from + to) / 2), to - 1]) refused(turned(good, at));
    });
    it('refuses a truncated, a lengthened and an empty body', () => {
      const good = sign(body(), config);
      const [from, to] = covered(good.body);
      const { body: bytes } = good;
      refused({ ...good, body: new Uint8Array([...bytes.slice(0, to - 1), ...bytes.slice(to)]) });
      refused({ ...good, body: new Uint8Array([...bytes.slice(0, from), ...bytes.slice(from + 1)]) });
      refused({ ...good, body: new Uint8Array([...bytes.slice(0, to), 65, ...bytes.slice(to)]) });
      refused({ ...good, body: new Uint8Array() });
    });
    it('counts the bytes given, not the memory they lie in', () => {
      const good = sign(body(), config);
      const roomy = new Uint8Array(good.body.length + 64).fill(88);
      roomy.set(good.body, 32);
      const view = roomy.subarray(32, 32 + good.body.length);
      expect(connector.receive({ ...good, body: view }, config).events).toEqual(connector.receive(good, config).events);
    });
    if (typeof proof.coversBody !== 'function') return;
    it('lets nothing depend on what the signature does not cover', () => {
      const good = sign(body(), config);
      const [from, to] = covered(good.body);
      const { events } = connector.receive(good, config);
      for (let at = 0; at < good.body.length; at++) {
        if (at >= from && at < to) continue;
        try {
          expect(connector.receive(turned(good, at), config).events).toEqual(events);
        } catch (error) {
          if (!(error instanceof BadSignature || error instanceof BadRequest)) throw error;
        }
      }
    });
  });
}

/** The same request with one bit of its body turned. */
function turned(request: RawRequest, at: number): RawRequest {
  const body = request.body.slice();
  body[at] = (body[at] ?? 0) ^ 1;
  return { ...request, body };
}
