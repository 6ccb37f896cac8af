import type { MediaStream, Tools } from '../connector.ts';
import { Gone, Refused } from '../errors.ts';
import { safeName } from '../lib/text.ts';
import { type Call, failure, NoAnswer, open, read } from './api.ts';
import type { WeiboConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { isId } from './ids.ts';
import { findToken } from './token.ts';

/** How Weibo says that a file is not there (any more); it has not published a code for it. */
const GONE = /not\s+(exist|found)|does ?n.t exist|不存在|已过期|已删除/i;

/**
 * Opens what a fan sent, by our copy's id (`tovfid`) and with the token of the account that received it (weibo.md section
 * 6). How long files stay is not written anywhere, so they are fetched at once. Throws Gone, Refused, Retry, Misconfigured.
 */
export async function media(source: string, config: WeiboConfig, tools: Tools): Promise<MediaStream> {
  if (!isId(source)) throw new Refused('rejected', 'Not a file of Weibo.');
  const token = await findToken(config, tools);
  if (!token) throw new Refused('send_api_unavailable', 'Files are given out to accounts with an access_token only.');
  const request: Call = {
    method: 'GET',
    host: 'upload',
    path: '/2/mss/msget',
    query: { access_token: token, fid: source },
  };
  const response = await open(request, tools).catch((error: unknown) => {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  });
  const mime = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || undefined;
  // Refusals come as JSON, sometimes with 200; pictures and sounds never do.
  const isFile = response.status === 200 && response.body && !/json|^text\//.test(mime ?? '');
  if (!isFile) {
    const answer = await read(response, request, tools);
    const refusal = failure(answer.json);
    if (refusal ? GONE.test(refusal.words) : answer.status === 404 || answer.status === 410)
      throw new Gone('Weibo no longer has this file.');
    throw trouble(answer, 'other', tools.now());
  }
  const size = Number(response.headers.get('content-length') ?? Number.NaN);
  return {
    stream: response.body!,
    mime,
    name: nameIn(response.headers.get('content-disposition')),
    size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
  };
}

/** `attachment;filename="…"`; the name may be URL-encoded. */
function nameIn(disposition: string | null): string | undefined {
  const [, name] = /filename\s*=\s*"?([^";]+)"?/i.exec(disposition ?? '') ?? [];
  try {
    return safeName(name && decodeURIComponent(name));
  } catch {
    return safeName(name);
  }
}
