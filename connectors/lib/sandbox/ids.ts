import { createHmac, randomBytes } from 'node:crypto';

/** Hex that is the same at every start for the same seed and words: accounts and people outlive the process. */
export function derived(seed: string, ...words: string[]): string {
  return createHmac('sha256', seed).update(words.join('\u0000')).digest('hex');
}

/** Decimal digits, likewise; at most 18. */
export function derivedDigits(length: number, seed: string, ...words: string[]): string {
  const number = BigInt(`0x${derived(seed, ...words).slice(0, 15)}`)
    .toString()
    .padStart(18, '0');
  return `2${number.slice(-(length - 1))}`;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time, 80 of chance, 26 characters. `now` in milliseconds. */
export function ulid(now: number): string {
  let time = '';
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = CROCKFORD[rest % 32] + time;
  return time + [...randomBytes(16)].map((byte) => CROCKFORD[byte % 32]).join('');
}

/** Numbers as platforms give them: growing, and never given before, not even before a restart. 18 digits. */
export function numbers(now: () => number): () => string {
  let last = 0;
  let count = 0;
  return () => {
    const ms = Math.max(now(), last);
    count = ms === last ? count + 1 : 0;
    last = ms;
    return `${ms}${String(count).padStart(5, '0')}`;
  };
}
