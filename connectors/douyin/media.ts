import { z } from 'zod';
import type { MediaStream, Tools } from '../connector.ts';
import { Gone, Refused, Retry } from '../errors.ts';
import { NoAnswer } from './api.ts';
import type { DouyinConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { readSource, type Source } from './source.ts';
import { asAccount } from './tokens.ts';

const found = z.looseObject({ data: z.looseObject({ url: z.string().min(1).max(4000) }) });

/**
 * Opens what a customer sent: a picture or film from the phone by the ids of its message (kept for half a year, needs
 * im.multimedia_message), a moving picture by its address. Throws Retry, Gone, Refused or Misconfigured.
 */
export async function media(source: string, config: DouyinConfig, tools: Tools): Promise<MediaStream> {
  const from = readSource(source);
  if (!from) throw new Refused('rejected', 'Not a source of Douyin.');
  const url = 'url' in from ? from.url : await addressOf(from, config, tools);
  if (!isFetchable(url, tools)) throw new Refused('rejected', 'Douyin gave an address that is not https.');
  // Without our token: the file lies on another host.
  const response = await tools.fetch(url).catch((error) => {
    throw silence(new NoAnswer(error), 'other');
  });
  if (response.status === 200 && response.body) {
    const size = Number(response.headers.get('content-length') ?? Number.NaN);
    return {
      stream: response.body,
      mime: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || undefined,
      size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    };
  }
  await response.body?.cancel();
  if (response.status >= 500 || response.status === 429)
    throw new Retry(`The file’s host answered ${response.status}.`);
  throw new Gone(`Douyin no longer has this file (status ${response.status}).`);
}

/** The address is asked for anew each time: nobody knows how long it lives. */
async function addressOf(
  { conversation, messageId }: Exclude<Source, { url: string }>,
  config: DouyinConfig,
  tools: Tools,
): Promise<string> {
  const answer = await asAccount(
    {
      method: 'GET',
      path: '/api/im/message/resources/',
      query: { open_id: config.openId, conversation_id: conversation, message_id: messageId },
    },
    config,
    tools,
  );
  if (answer.status === 404) throw new Gone('Douyin no longer has this file.');
  if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
  const result = found.safeParse(answer.json);
  if (!result.success) throw new Retry('Douyin gave no address for this file.');
  return result.data.data.url;
}

/** https only; a sandbox has no certificate, and its address was given to us by the house. */
function isFetchable(url: string, tools: Tools): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' || Object.values(tools.hosts).some((host) => new URL(host).origin === origin);
}
