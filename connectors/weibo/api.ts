import { z } from 'zod';
import type { Tools } from '../connector.ts';
import { neverLeft } from '../lib/http.ts';
import { cut } from '../lib/text.ts';
import { parseExact } from './json.ts';

/** Calls to Weibo need these only, so that an app's tools serve as well. */
export type Caller = Pick<Tools, 'fetch' | 'hosts' | 'now' | 'log'>;

/** `query` goes into the address, `form` into the body; both may hold tokens, so neither is ever logged. */
export interface Call {
  method: 'GET' | 'POST';
  host: 'api' | 'm' | 'upload';
  path: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  json: unknown;
}

/** No answer came. `neverLeft`: no connection was made, so nothing can have happened at Weibo. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly neverLeft: boolean;
  constructor(cause: unknown, secrets: readonly string[]) {
    super(scrubbed(cause instanceof Error ? cause.message : String(cause), secrets));
    this.neverLeft = neverLeft(cause);
  }
}

/** One call, its body read. Throws NoAnswer; every status is an answer. What Weibo refuses is logged in its own words. */
export async function call(request: Call, tools: Caller): Promise<Answer> {
  const response = await open(request, tools);
  return read(response, request, tools);
}

/** The same with the body still to be read. */
export async function open(request: Call, tools: Caller): Promise<Response> {
  const { method, host, path, query, form } = request;
  const address = `${tools.hosts[host]}${path}${query ? `?${new URLSearchParams(query)}` : ''}`;
  // A form is encoded here, once: what is put into it must be plain (weibo.md section 5).
  const body = form && new URLSearchParams(form).toString();
  const init: RequestInit = body === undefined ? {} : { body, headers: FORM };
  try {
    return await tools.fetch(address, { method, ...init });
  } catch (error) {
    throw new NoAnswer(error, secretsOf(request));
  }
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Reads an answer; `json` is undefined when it is none. Big numbers in it stay whole. */
export async function read(response: Response, request: Call, tools: Caller): Promise<Answer> {
  // A status is already an answer, even when its body breaks off.
  const text = await response.text().catch(() => '');
  const json = parsed(text);
  const { method, path } = request;
  const { status, headers } = response;
  const refusal = failure(json);
  const told = { method, path, status, code: refusal?.code };
  if (response.ok && !refusal) tools.log.info(told, 'weibo answered');
  else tools.log.warn({ ...told, answer: scrubbed(cut(text, 500), secretsOf(request)) }, 'weibo refused');
  return { status, headers, json: scrub(json, refusal, secretsOf(request)) };
}

const errorBody = z.object({
  error_code: z.coerce.number().int().positive(),
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** Weibo's own code and words, whatever the status: some failures come with 200 (weibo.md section 9). */
export function failure(json: unknown): { code: number; words: string } | undefined {
  const body = errorBody.safeParse(json).data;
  if (!body) return undefined;
  const words = [body.error, body.error_description].filter(Boolean).join(': ') || 'no reason given';
  return { code: body.error_code, words: cut(words, 500) };
}

function parsed(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** Weibo's words may repeat the token they refuse. */
function scrub(
  json: unknown,
  refusal: { code: number; words: string } | undefined,
  secrets: readonly string[],
): unknown {
  return refusal ? { error_code: refusal.code, error: scrubbed(refusal.words, secrets) } : json;
}

function secretsOf({ query, form }: Call): string[] {
  return ['access_token', 'client_secret', 'code']
    .flatMap((key) => [query?.[key], form?.[key]])
    .filter((value): value is string => value !== undefined && value.length >= 6);
}

function scrubbed(text: string, secrets: readonly string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}
