import { randomInt } from 'node:crypto';
import type { SandboxHost } from '../../../sandbox.ts';

/** Meta's try of an address: whether it gives the challenge back for this token. Not written down: the token is in it. */
export async function challenged(address: string, verifyToken: string, host: SandboxHost): Promise<boolean> {
  const challenge = String(randomInt(100_000_000, 2_000_000_000));
  const url = new URL(address);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.challenge', challenge);
  url.searchParams.set('hub.verify_token', verifyToken);
  try {
    const answer = await host.fetch(url.href, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    return answer.status === 200 && (await answer.text()) === challenge;
  } catch {
    return false;
  }
}

/** Meta takes https only; a bench has no certificate for its own machine, and we are our own address. */
export function isCallback(address: string, own: string): boolean {
  if (!URL.canParse(address) || address.length > 2000) return false;
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'https:' || origin === new URL(own).origin) return true;
  return protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}
