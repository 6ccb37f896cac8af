/** Types a browser may show by itself. Whatever else it is (pages, drawings with scripts in them) is only ever saved. */
const SHOWN =
  /^(image\/(jpeg|png|gif|webp|avif|bmp)|audio\/(mp4|mpeg|ogg|wav|aac|webm|amr|flac)|video\/(mp4|webm|quicktime|ogg)|application\/pdf)$/;

/**
 * Headers a stored file goes out with. A stranger wrote it: its type is the one we found, the browser is told not to find
 * another, and should it be a page after all, it may do nothing.
 */
export function dressed({ mime, name }: { mime: string; name: string }): Headers {
  const shown = SHOWN.test(mime);
  const text = mime === 'text/plain';
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_') || 'file';
  return new Headers({
    'content-type': shown ? mime : text ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    // RFC 6266: a plain name for those who read no other, and the real one.
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)}`,
    'x-content-type-options': 'nosniff',
    // A sandbox would keep browsers from showing a PDF; it is shown apart from us anyway.
    'content-security-policy':
      mime === 'application/pdf'
        ? "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'none'"
        : "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'; sandbox; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
  });
}

/** One range of bytes (RFC 9110, section 14). Several at once, or what is not understood, gets the whole file. */
export function byteRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (!match[1] && !match[2])) return null;
  const [from, to] = [match[1], match[2]];
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (start >= size || start > end || (!from && Number(to) === 0))
    return from && to && Number(from) > Number(to) ? null : 'unsatisfiable';
  return { start, end };
}
