import { z } from 'zod';
import type { MediaStream, Tools } from '../connector.ts';
import { Gone, Refused } from '../errors.ts';
import { parseJson } from '../lib/http.ts';
import { safeName } from '../lib/text.ts';
import { NoAnswer, open, read, withToken } from './api.ts';
import { actOn } from './codes.ts';
import type { WechatConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { readSource } from './media-source.ts';

const REQUEST = { path: '/cgi-bin/media/get' };
/** Longest answer in JSON; longer is a file. Bytes. */
const MAX_JSON = 65_536;
const moved = z.looseObject({ video_url: z.url({ protocol: /^https?$/ }).max(2000) });

/**
 * Opens what a customer sent. WeChat keeps it three days; a picture's public address is the second way. Throws Gone when
 * neither has it any more, Refused, Retry, Misconfigured (channels/wechat.md §9).
 */
export async function media(source: string, config: WechatConfig, tools: Tools): Promise<MediaStream> {
  const { mediaId, url } = readSource(source);
  if (!mediaId && !url) throw new Refused('rejected', 'Not a source of WeChat.');
  if (!mediaId) return await download(url ?? '', tools);
  try {
    return await byId(mediaId, config, tools);
  } catch (error) {
    if (!url) throw error;
    return await download(url, tools).catch(() => {
      throw error;
    });
  }
}

async function byId(mediaId: string, config: WechatConfig, tools: Tools): Promise<MediaStream> {
  const answer = await withToken(config, tools, async (token) => {
    const response = await open({ ...REQUEST, query: { media_id: mediaId } }, 'access_token', token, tools);
    return await sniffed(response, tools);
  }).catch((error: unknown) => {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  });
  if (answer.file) return answer.file;
  const video = moved.safeParse(answer.json).data?.video_url;
  if (video) return await download(video, tools);
  if (answer.errcode !== undefined && actOn(answer.errcode).do === 'upload')
    throw new Gone('WeChat no longer has this file.');
  throw trouble(answer, 'other', tools.now());
}

/** Errors come with status 200 and any type, so the first byte decides: files of these kinds do not begin with a brace. */
async function sniffed(response: Response, tools: Tools) {
  const reader = response.body?.getReader();
  const first = response.ok ? await reader?.read() : undefined;
  if (reader && first?.value && first.value[0] !== 0x7b)
    return { errcode: 0, file: fileOf(response, resumed(first.value, reader)) };
  const text = reader ? await rest(first?.value, reader) : '';
  const { status, headers } = response;
  return {
    ...(await read(new Response(parseJson(text) ? text : '', { status, headers }), REQUEST, tools)),
    file: undefined,
  };
}

function resumed(first: Uint8Array, reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(first),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function rest(first: Uint8Array | undefined, reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> {
  const chunks = first ? [first] : [];
  for (let size = first?.length ?? 0; size <= MAX_JSON; ) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || !value) break;
    chunks.push(value);
    size += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(chunks).toString('utf8');
}

/** From a public address of WeChat's, without our token. What it names with http is there with https as well. */
async function download(url: string, tools: Tools): Promise<MediaStream> {
  const address = tools.hosts.api?.startsWith('https:') ? url.replace(/^http:/, 'https:') : url;
  const response = await tools.fetch(address).catch((error: unknown) => {
    throw silence(new NoAnswer(error), 'other');
  });
  if (response.ok && response.body) return fileOf(response, response.body);
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410 || response.status === 403)
    throw new Gone('WeChat no longer has this file.');
  throw trouble(
    { status: response.status, headers: response.headers, errcode: undefined, errmsg: '', json: {} },
    'other',
    tools.now(),
  );
}

function fileOf({ headers }: Response, stream: ReadableStream<Uint8Array>): MediaStream {
  const size = Number(headers.get('content-length') ?? Number.NaN);
  const name = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(headers.get('content-disposition') ?? '')?.[1];
  return {
    stream,
    mime: headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || undefined,
    name: safeName(name),
    size: Number.isSafeInteger(size) && size > 0 ? size : undefined,
  };
}
