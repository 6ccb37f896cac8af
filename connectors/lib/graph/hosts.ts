import type { Tools } from '../../connector.ts';

/** Meta's own names that hold files or the API. */
const META = ['facebook.com', 'fbsbx.com', 'fbcdn.net', 'whatsapp.net', 'cdninstagram.com'];

/**
 * Whether an address that came in an answer may be shown our token, or believed to be Meta's at all: https on a host of
 * Meta's, told by its last labels, or one of the hosts the hub gave us (a sandbox). No other ports, no user in the address.
 */
export function isMetas(address: string, hosts: Tools['hosts']): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password, href } = new URL(address);
  if (username || password) return false;
  if (Object.values(hosts).some((host) => href.startsWith(`${host}/`))) return true;
  return (
    protocol === 'https:' && port === '' && META.some((name) => hostname === name || hostname.endsWith(`.${name}`))
  );
}
