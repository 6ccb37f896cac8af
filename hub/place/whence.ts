import type { Whence } from '../../core/inbound.ts';
import type { Hub } from '../hub.ts';
import { type Place, placeOf } from './place.ts';
import { terminalOf } from './terminal.ts';

const NOWHERE: Place = { region: null, network: null };

/** Where and with what a request comes from, for members' eyes only. What cannot be found out is null. */
export function whence(hub: Pick<Hub, 'log'>, address: string, userAgent: string | undefined): Whence {
  return { ip: address, ...(found(hub, address) ?? NOWHERE), terminal: terminalOf(userAgent) };
}

/** Nobody is kept from writing because the data cannot be read. */
function found(hub: Pick<Hub, 'log'>, address: string): Place | null {
  try {
    return placeOf(address);
  } catch (error) {
    hub.log.warn({ error: (error as Error).message }, 'the data of addresses cannot be read');
    return null;
  }
}
