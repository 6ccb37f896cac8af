import { checkPrimeSync, createHash, createPrivateKey, createPublicKey } from 'node:crypto';

const E = 65_537n;
/** Bytes of a prime; the modulus has twice as many (2048 bits). */
const PRIME_BYTES = 128;

/**
 * An RSA key that is the same at every start of one house and another's in another: what was signed before a restart is
 * still good, and nobody who has read this file has the key. Only for a sandbox.
 */
export function derivedRsa(seed: string, name: string): { privateKey: string; publicKey: string } {
  const p = derivedPrime(seed, `${name} p`);
  const q = derivedPrime(seed, `${name} q`);
  const d = inverse(E, (p - 1n) * (q - 1n));
  const numbers = { n: p * q, e: E, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, bytesOf(value)]));
  const key = createPrivateKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
  return {
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string,
  };
}

function derivedPrime(seed: string, name: string): bigint {
  for (let count = 0; ; count++) {
    const bytes = createHash('shake256', { outputLength: PRIME_BYTES })
      .update(`${seed}\u0000${name}\u0000${count}`)
      .digest();
    // The two highest bits make the product as long as it should be; the lowest makes it odd.
    bytes[0]! |= 0xc0;
    bytes[PRIME_BYTES - 1]! |= 1;
    const number = BigInt(`0x${bytes.toString('hex')}`);
    if (
      (number - 1n) % E !== 0n &&
      checkPrimeSync(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + PRIME_BYTES) as ArrayBuffer, {
        checks: 20,
      })
    )
      return number;
  }
}

/** The number that, times `a`, leaves 1 (extended Euclid). */
function inverse(a: bigint, modulus: bigint): bigint {
  let [r, next, x, nextX] = [modulus, a % modulus, 0n, 1n];
  while (next) {
    const times = r / next;
    [r, next] = [next, r - times * next];
    [x, nextX] = [nextX, x - times * nextX];
  }
  return x < 0n ? x + modulus : x;
}

function bytesOf(number: bigint): string {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex').toString('base64url');
}
