import { derived } from '../../lib/sandbox/ids.ts';

/** A fan's number: `6`, seven digits of the name, two that check them. */
const OURS = /^6(\d{7})(\d{2})$/;

/**
 * A fan's number, the same at every start for the same name. Its end is a check over its beginning: after a restart the
 * sandbox has forgotten the fans it made, but recognises them when the hub writes to one.
 */
export function personId(seed: string, name: string): string {
  const body = digits(7, seed, 'fan', name);
  return `6${body}${digits(2, seed, 'fan check', body)}`;
}

export function isOurPerson(seed: string, id: string): boolean {
  const [, body = '', check] = OURS.exec(id) ?? [];
  return check !== undefined && check === digits(2, seed, 'fan check', body);
}

export function digits(length: number, seed: string, ...words: string[]): string {
  const number = BigInt(`0x${derived(seed, 'weibo', ...words).slice(0, 15)}`);
  return String(number % 10n ** BigInt(length)).padStart(length, '0');
}
