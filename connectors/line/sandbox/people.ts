import { derived } from '../../lib/sandbox/ids.ts';

const BODY = 24;

/**
 * A person's id, the same at every start for the same name. Its end is a check over its beginning: after a restart the
 * sandbox has forgotten the people it made, but recognises them when the hub writes to one.
 */
export function personId(seed: string, name: string): string {
  const body = derived(seed, 'line', 'person', name).slice(0, BODY);
  return `U${body}${check(seed, body)}`;
}

export function isOurPerson(seed: string, id: string): boolean {
  return /^U[0-9a-f]{32}$/.test(id) && id.slice(1 + BODY) === check(seed, id.slice(1, 1 + BODY));
}

function check(seed: string, body: string): string {
  return derived(seed, 'line', 'person check', body).slice(0, 32 - BODY);
}
