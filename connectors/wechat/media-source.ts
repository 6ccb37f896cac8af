/**
 * Our handle of a customer's file: WeChat's media id, and for pictures the public address as well, which outlives the id
 * sometimes. A media id has no space in it.
 */
const MEDIA_ID = /^[A-Za-z0-9_@.=+/-]{1,300}$/;

/** `undefined` where neither can be used. */
export function mediaSource(mediaId: string | undefined, url?: string): string | undefined {
  const id = mediaId !== undefined && MEDIA_ID.test(mediaId) ? mediaId : '';
  const address = url !== undefined && url.length <= 1500 && isWeb(url) ? url : '';
  return id || address ? `${id} ${address}`.trimEnd() : undefined;
}

/** The other way; a source that is not ours gives neither. */
export function readSource(source: string): { mediaId?: string; url?: string } {
  const space = source.indexOf(' ');
  const id = space === -1 ? source : source.slice(0, space);
  const url = space === -1 ? '' : source.slice(space + 1);
  return { mediaId: MEDIA_ID.test(id) ? id : undefined, url: isWeb(url) ? url : undefined };
}

/** `http` or `https`, without a name and password in it. */
function isWeb(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && !url.includes(' ');
}
