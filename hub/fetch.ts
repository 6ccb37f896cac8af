import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

/** No connection is made to it. `code` is one that means "never left" to whoever asks. */
class Forbidden extends Error {
  override name = 'Forbidden';
  readonly code = 'EHOSTUNREACH';
}

/** A public address: not this machine, not the networks around it, not a cloud's metadata service. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/**
 * `fetch` for what leaves the house. Every address is judged when the socket is opened, after the name was looked up and
 * for each redirect anew, so a name that changes its answer between check and use gains nothing.
 * @param allowed origins that may be reached wherever they are: ourselves, where the sandbox stands in for a platform
 * @param timeoutMs until the answer's headers are here; a body may then pause for half a minute, not longer
 */
export function guardedFetch({
  allowed = [],
  timeoutMs = 12_000,
}: {
  allowed?: readonly string[];
  timeoutMs?: number;
} = {}): typeof fetch {
  const guardedLookup: LookupFunction = (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const open = found.filter(({ address }) => isPublic(address));
      if (!open.length) return done(new Forbidden(`${hostname} is not a public address`), '', 0);
      if (options.all) return done(null, open as never);
      done(null, open[0]!.address, open[0]!.family);
    });
  };
  const options = { timeout: 5_000, keepAlive: true };
  const guarded = buildConnector({ ...options, lookup: guardedLookup });
  const free = buildConnector(options);
  const dispatcher = new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: 30_000,
    maxResponseSize: -1,
    connect: (to, done) => {
      const { hostname, protocol, port } = to;
      const origin = URL.canParse(`${protocol}//${to.host ?? hostname}`)
        ? new URL(`${protocol}//${to.host ?? hostname}`).origin
        : `${protocol}//${hostname}:${port}`;
      if (allowed.includes(origin)) return free(to, done);
      const bare = hostname.replace(/^\[|\]$/g, '');
      // A literal address is never looked up.
      if (isIP(bare) && !isPublic(bare)) return done(new Forbidden(`${hostname} is not a public address`), null);
      guarded(to, done);
    },
  });
  return (async (input: Parameters<typeof undiciFetch>[0], init: Parameters<typeof undiciFetch>[1]) =>
    await undiciFetch(input, { ...(await plainBody(init)), dispatcher })) as unknown as typeof fetch;
}

/** Node's own FormData is a stranger to the undici from npm, which would send it as `[object FormData]`: it is written out first. */
async function plainBody(init: Parameters<typeof undiciFetch>[1]): Promise<Parameters<typeof undiciFetch>[1]> {
  if (!init || !((init.body as unknown) instanceof FormData)) return init;
  const written = new Response(init.body as unknown as FormData);
  const headers = new Headers(init.headers as HeadersInit);
  headers.set('content-type', written.headers.get('content-type') ?? '');
  return { ...init, headers: Object.fromEntries(headers), body: new Uint8Array(await written.arrayBuffer()) };
}
