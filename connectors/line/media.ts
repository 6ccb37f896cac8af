import { z } from 'zod';
import type { MediaStream, Tools } from '../connector.ts';
import { Gone, Refused, Retry } from '../errors.ts';
import { parseJson } from '../lib/http.ts';
import { call, NoAnswer, open } from './api.ts';
import type { LineConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { isMessage } from './ids.ts';

/** Pause while LINE prepares a video; 41 s were measured for 356 MB. The hub's own back-off makes it grow. */
const PREPARING_MS = 5_000;

/**
 * Opens what a customer sent: by message id from LINE's content host, or by address where somebody else holds it
 * (`contentProvider` external), and then without our token. Throws Retry while it is being prepared, Gone when LINE
 * dropped it, Refused when it will never come (line.md section 9).
 */
export async function media(source: string, config: LineConfig, tools: Tools): Promise<MediaStream> {
  if (!isMessage(source)) return external(source, tools);
  const response = await open({ method: 'GET', host: 'data', path: contentPath(source) }, config, tools).catch(
    noAnswer,
  );
  if (response.status === 202) {
    await response.body?.cancel();
    throw await preparing(source, config, tools);
  }
  return stream(response, tools);
}

const contentPath = (id: string) => `/v2/bot/message/${id}/content`;
const transcoding = z.object({ status: z.enum(['processing', 'succeeded', 'failed']) });

/** Why it is not there yet: the content answers 202 for ever when the preparation failed. */
async function preparing(id: string, config: LineConfig, tools: Tools): Promise<Error> {
  const answer = await call(
    { method: 'GET', host: 'data', path: `${contentPath(id)}/transcoding` },
    config,
    tools,
  ).catch(() => undefined);
  const status = transcoding.safeParse(answer?.json).data?.status;
  if (status === 'failed') return new Refused('transcoding_failed', 'LINE could not prepare this file.');
  return new Retry('LINE is still preparing this file.', status === 'succeeded' ? 500 : PREPARING_MS);
}

async function external(source: string, tools: Tools): Promise<MediaStream> {
  if (!URL.canParse(source) || new URL(source).protocol !== 'https:')
    throw new Refused('rejected', 'Not a source of LINE.');
  const response = await tools.fetch(source).catch((error) => noAnswer(new NoAnswer(error)));
  return stream(response, tools);
}

async function stream(response: Response, tools: Tools): Promise<MediaStream> {
  if (response.status === 200 && response.body) {
    const size = Number(response.headers.get('content-length') ?? Number.NaN);
    return {
      stream: response.body,
      mime: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() || undefined,
      size: Number.isSafeInteger(size) && size >= 0 ? size : undefined,
    };
  }
  const json = parseJson(await response.text().catch(() => ''));
  if (response.status === 404 || response.status === 410) throw new Gone('LINE no longer has this file.');
  throw trouble({ status: response.status, headers: response.headers, json }, 'other', tools.now());
}

function noAnswer(error: unknown): never {
  throw error instanceof NoAnswer ? silence(error, 'other') : error;
}
