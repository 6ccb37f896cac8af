import ipaddr from 'ipaddr.js';
import type { HouseContext } from './auth.ts';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Whether an address lies in one of the ranges (CIDR). IPv4 inside IPv6 counts as IPv4. */
function within(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return ranges.some((text) => {
    const range = ipaddr.parseCIDR(text) as Range;
    return ip.kind() === range[0].kind() && ip.match(range);
  });
}

/**
 * Where a request really comes from. `X-Forwarded-For` is believed only as far as it was written by proxies we were
 * told to trust (TRUSTED_PROXIES): read from the right, the first address that is not one of them.
 */
export function clientAddress(c: HouseContext): string {
  const { trustedProxies } = c.get('hub').env;
  const chain = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  let address = c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1';
  while (chain.length && within(address, trustedProxies)) address = chain.pop()!;
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : '0.0.0.0';
}
