import type { MediaStream, Tools } from '../../connector.ts';
import { Gone, Misconfigured, Refused, Retry } from '../../errors.ts';
import { NoAnswer, USER_AGENT } from './call.ts';
import { silence } from './errors.ts';
import { isMetas } from './hosts.ts';

/**
 * Opens a file of Meta's by the address an answer named. The token is shown to Meta's hosts only (fetch drops it when a
 * redirect leads elsewhere); none is needed where addresses are signed. Throws Refused for foreign addresses, Gone for 404 and 410, Misconfigured, Retry.
 */
export async function download(
  address: string,
  token: string | undefined,
  tools: Tools,
  name: string,
): Promise<MediaStream> {
  if (!isMetas(address, tools.hosts))
    throw new Refused('foreign_host', `${name} named a file on a host that is not Meta’s.`);
  const headers: Record<string, string> = { 'user-agent': USER_AGENT };
  if (token) headers.authorization = `Bearer ${token}`;
  let response: Response;
  try {
    response = await tools.fetch(address, { headers });
  } catch (error) {
    throw silence(new NoAnswer(error), 'other', name);
  }
  const { status } = response;
  if (status === 200 && response.body) {
    const size = Number(response.headers.get('content-length') ?? Number.NaN);
    return {
      stream: response.body,
      mime: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || undefined,
      size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    };
  }
  await response.body?.cancel();
  if (status === 404 || status === 410) throw new Gone(`${name} no longer has this file.`);
  // Without a token the address itself was the right to have it, and that has ended.
  if (status === 403 && !token) throw new Gone(`${name} no longer gives this file at this address.`);
  if (status === 401 || status === 403)
    throw new Misconfigured('not_allowed', `${name} does not give us this file (${status}).`);
  if (status === 429 || status >= 500 || status < 300) throw new Retry(`${name} gave no file (${status}).`);
  throw new Refused('rejected', `${name} gave no file (${status}).`);
}
