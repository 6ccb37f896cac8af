import { derived } from '../../lib/sandbox/ids.ts';

const digits = (hex: string, length: number): string =>
  BigInt(`0x${hex.slice(0, 14)}`)
    .toString()
    .padStart(length, '0')
    .slice(-length);
const check = (seed: string, body: string): string => digits(derived(seed, 'messenger', 'person check', body), 5);

/**
 * A person's page-scoped id, the same at every start for the same name. Its end is a check over its beginning: after a
 * restart the sandbox recognises people it has forgotten.
 */
export function personId(seed: string, name: string): string {
  const body = digits(derived(seed, 'messenger', 'person', name), 9);
  return `24${body}${check(seed, body)}`;
}

export function isOurPerson(seed: string, id: string): boolean {
  const [, body = '', end] = /^24(\d{9})(\d{5})$/.exec(id) ?? [];
  return body !== '' && end === check(seed, body);
}

/** As the profile has it: the last word is the last name. */
export function namesOf(name: string): { first_name: string; last_name?: string } {
  const at = name.lastIndexOf(' ');
  return at < 0 ? { first_name: name } : { first_name: name.slice(0, at), last_name: name.slice(at + 1) };
}
