import { z } from 'zod';
import type { AppTools } from '../app.ts';
import type { Tools } from '../connector.ts';
import { neverLeft, parseJson } from '../lib/http.ts';
import { actOn } from './codes.ts';
import type { WechatConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { accountToken, forgetToken } from './token.ts';

export interface Call {
  /** `/cgi-bin/…`; never with a token in it. */
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  /** A body of another kind, with its type. */
  body?: { blob: Blob; type: string };
}

/** WeChat's answer. `errcode` 0: done; undefined: it cannot be read. */
export interface Answer {
  status: number;
  headers: Headers;
  errcode: number | undefined;
  errmsg: string;
  json: Record<string, unknown>;
}

/** No answer came. `neverLeft`: no connection was made, so nothing can have happened at WeChat. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly neverLeft: boolean;
  constructor(cause: unknown) {
    // The words of a failed fetch may name the address, and the address holds the token.
    super(cause instanceof Error ? cause.message.replace(/access_token=[^&\s]+/g, 'access_token=…') : 'no connection');
    this.neverLeft = neverLeft(cause);
  }
}

/** One call in the account's name, its answer read. A token that WeChat does not take is renewed once. Throws NoAnswer. */
export async function call(request: Call, config: WechatConfig, tools: Tools): Promise<Answer> {
  return await withToken(config, tools, async (token) => {
    const response = await open(request, 'access_token', token, tools);
    return await read(response, request, tools);
  });
}

/** The same for a download: an answer that is an error is read, a file is left to be read. */
export async function withToken<T extends { errcode?: number }>(
  config: WechatConfig,
  tools: Tools,
  attempt: (token: string) => Promise<T>,
): Promise<T> {
  const token = await accountToken(config, tools);
  const first = await attempt(token);
  if (first.errcode === undefined || actOn(first.errcode).do !== 'token') return first;
  await forgetToken(config, tools, token);
  return await attempt(await accountToken(config, tools));
}

/** One request with a token in the address; the address itself is never told to anybody. Throws NoAnswer. */
export async function open(
  { path, query, json, body }: Call,
  parameter: string | undefined,
  token: string,
  tools: AppTools,
): Promise<Response> {
  const parameters = new URLSearchParams({ ...(parameter && { [parameter]: token }), ...query });
  const init: RequestInit = { method: json === undefined && !body ? 'GET' : 'POST', redirect: 'error' };
  if (json !== undefined) {
    init.headers = { 'content-type': 'application/json; charset=utf-8' };
    init.body = JSON.stringify(json);
  } else if (body) {
    init.headers = { 'content-type': body.type };
    init.body = body.blob;
  }
  try {
    return await tools.fetch(`${tools.hosts.api}${path}${parameters.size ? `?${parameters}` : ''}`, init);
  } catch (error) {
    throw new NoAnswer(error);
  }
}

/** Some endpoints write the code as a text, and some leave it out where all is well. */
const shape = z.looseObject({
  errcode: z.coerce.number().int().optional(),
  errmsg: z.string().optional().catch(undefined),
});

/** The answer in words of ours, logged with WeChat's request id. */
export async function read(response: Response, { path }: Call, tools: AppTools): Promise<Answer> {
  // A status is already an answer: when its body breaks off it just cannot be read.
  const value = parseJson(await response.text().catch(() => ''));
  const json = shape.safeParse(value).data;
  const errcode = json && (json.errcode ?? (response.ok ? 0 : undefined));
  const errmsg = json?.errmsg ?? '';
  const log = errcode === 0 ? tools.log.info : tools.log.warn;
  log.call(tools.log, { path, status: response.status, errcode, errmsg: errmsg || undefined }, 'wechat answered');
  return { status: response.status, headers: response.headers, errcode, errmsg, json: json ?? {} };
}

/** A call that must succeed: anything else is thrown as what to do next. */
export async function must(request: Call, config: WechatConfig, tools: Tools): Promise<Record<string, unknown>> {
  const answer = await call(request, config, tools).catch((error: unknown) => {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  });
  if (answer.errcode !== 0) throw trouble(answer, 'other', tools.now());
  return answer.json;
}
