/** What a call that brought no answer ended with. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Whether a failed `fetch` never reached the other side (no name, no connection, no handshake). Then nothing can have
 * been delivered and trying again doubles nothing; every other failure leaves the outcome open.
 */
export function neverLeft(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (NEVER_LEFT.has((cause as NodeJS.ErrnoException).code ?? '')) return true;
    if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(neverLeft);
  }
  return false;
}

/** `Retry-After` in milliseconds, whether it came as seconds or as a date; `undefined` when absent or senseless. */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after');
  if (!value) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, 3_600_000) : undefined;
}

/** JSON of an answer, or `undefined`: platforms answer their errors in HTML when a proxy of theirs speaks. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
