import { derived } from '../../lib/sandbox/ids.ts';

/** Digits of an id that are its own, and those that prove that it is one of ours. */
const BODY = 7;
const CHECK = 4;

/** Somebody whose name begins with @ has a username and shows no number. */
const isHidden = (name: string): boolean => name.startsWith('@');

const digits = (hex: string, length: number): string =>
  BigInt(`0x${hex.slice(0, 14)}`)
    .toString()
    .padStart(length, '0')
    .slice(-length);

/**
 * A person's id, the same at every start for the same name: a phone number, or a user id where the number is not shown.
 * Its end is a check over its beginning: after a restart the sandbox recognises people it has forgotten.
 */
export function personId(seed: string, name: string): string {
  const body = digits(derived(seed, 'whatsapp', 'person', name), BODY);
  return isHidden(name) ? `DE.1${body}${check(seed, body)}` : `4915${body}${check(seed, body)}`;
}

/** The user id of somebody with a number: theirs as well, but never shown as the person's id here. */
export function userIdOf(seed: string, personId: string): string {
  if (personId.startsWith('DE.')) return personId;
  return `DE.2${digits(derived(seed, 'whatsapp', 'user id', personId), BODY + CHECK)}`;
}

export function isOurPerson(seed: string, id: string): boolean {
  const [, body = '', end] = /^(?:4915|DE\.1)(\d{7})(\d{4})$/.exec(id) ?? [];
  return body !== '' && end === check(seed, body);
}

const check = (seed: string, body: string): string => digits(derived(seed, 'whatsapp', 'person check', body), CHECK);
