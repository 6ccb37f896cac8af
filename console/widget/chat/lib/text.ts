const ADDRESS = /https?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uffef]+/gi;

export type Piece = string | { href: string; text: string };

/**
 * Cuts a text into words and web addresses. Only http and https become links; a full stop or an unopened bracket at the
 * end of an address belongs to the sentence. Nothing here is ever HTML.
 */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    let found = match[0].replace(/[.,;:!?…*_~]+$/, '');
    while (found.endsWith(')') && found.split('(').length < found.split(')').length) found = found.slice(0, -1);
    const href = safeUrl(found);
    if (!href) continue;
    if (match.index > from) out.push(text.slice(from, match.index));
    out.push({ href, text: found });
    from = match.index + found.length;
  }
  if (from < text.length) out.push(text.slice(from));
  return out;
}

/** The address when it is one a browser may open or fetch for us: http, https or our own path; else `undefined`. */
export function safeUrl(url: string | null | undefined): string | undefined {
  try {
    const parsed = new URL(url || 'x:', globalThis.location?.href ?? 'https://localhost/');
    return /^https?:$/.test(parsed.protocol) && !parsed.username ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
