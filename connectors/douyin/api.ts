import { z } from 'zod';
import type { AppTools } from '../app.ts';
import { neverLeft } from '../lib/http.ts';
import { exact } from './read.ts';

/** One call to the open platform. The token travels as a header (`access-token`), never in an address. */
export interface Call {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  multipart?: FormData;
  token?: string;
}

/** No answer came. `neverLeft`: no connection was made, so nothing can have happened. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly neverLeft: boolean;
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.neverLeft = neverLeft(cause);
  }
}

export interface Answer {
  status: number;
  headers: Headers;
  /** `undefined` when it was no JSON. */
  json: unknown;
  /** Douyin's verdict, 0 for success; `undefined` when the answer holds none. HTTP says 200 either way. */
  code: number | undefined;
  description: string;
  logId: string | undefined;
}

/** One call, its body read. Throws NoAnswer; every status and every code is an answer. */
export async function call(request: Call, tools: Pick<AppTools, 'fetch' | 'hosts' | 'log'>): Promise<Answer> {
  const { method, path, query, json, form, multipart, token } = request;
  const headers: Record<string, string> = {};
  if (token) headers['access-token'] = token;
  const init: RequestInit = { method, headers };
  if (json !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(json);
  } else if (form) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    init.body = new URLSearchParams(form).toString();
  } else if (multipart) init.body = multipart;
  // URLSearchParams encodes what ids are made of (`+`, `/`, `=`), as it must be.
  const address = `${tools.hosts.api}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  let response: Response;
  try {
    response = await tools.fetch(address, init);
  } catch (error) {
    throw new NoAnswer(error);
  }
  const text = await response.text().catch(() => '');
  const answer = { status: response.status, headers: response.headers, ...verdict(text) };
  const good = response.ok && answer.code === 0;
  (good ? tools.log.info : tools.log.warn).call(
    tools.log,
    { method, path, status: answer.status, code: answer.code, logId: answer.logId },
    'douyin answered',
  );
  return answer;
}

const number = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,12}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const note = z.string().optional().catch(undefined);
const said = z.looseObject({ error_code: number, description: note, logid: note }).optional().catch(undefined);
/** Three shapes: `extra` and `data` with `error_code`, `data` alone (OAuth), `err_no` (downloads). */
const shape = z.looseObject({ extra: said, data: said, err_no: number, err_msg: note, log_id: note, message: note });

function verdict(text: string): Pick<Answer, 'json' | 'code' | 'description' | 'logId'> {
  let json: unknown;
  try {
    json = exact(text);
  } catch {
    return { json: undefined, code: undefined, description: '', logId: undefined };
  }
  const body = shape.safeParse(json).data;
  const codes = [body?.extra?.error_code, body?.data?.error_code, body?.err_no].filter((code) => code !== undefined);
  return {
    json,
    // Whichever complains: either of them may say 0 while the other does not.
    code: codes.find((code) => code !== 0) ?? codes[0],
    description: [body?.data?.description, body?.extra?.description, body?.err_msg].find(Boolean) ?? '',
    logId: body?.extra?.logid ?? body?.log_id,
  };
}
