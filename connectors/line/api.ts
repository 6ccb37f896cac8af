import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Tools } from '../connector.ts';
import { Misconfigured, Retry } from '../errors.ts';
import { neverLeft, parseJson, retryAfter } from '../lib/http.ts';
import type { LineConfig } from './config.ts';

/**
 * Calls to LINE. The SDK's clients use the global fetch and offer neither a time limit nor a place for another fetch,
 * so only its types and its signature check serve us; `tools.fetch` brings limits, guarded addresses and the sandbox.
 */
export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  /** `api` unless it is content, which lives on another host. */
  host?: 'api' | 'data';
  path: string;
  json?: unknown;
  headers?: Record<string, string>;
}

/** No answer came. `neverLeft`: no connection was made, so nothing can have happened at LINE. */
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
  json: unknown;
  text: string;
}

/** One call, its body read. Throws NoAnswer, and what `token` throws; every status is an answer. */
export async function call(request: Call, config: LineConfig, tools: Tools): Promise<Answer> {
  const response = await open(request, config, tools);
  // A status is already an answer: when its body breaks off we know what happened, only not the ids.
  const text = await response.text().catch(() => '');
  return { status: response.status, headers: response.headers, text, json: parseJson(text) };
}

/** The same with the body still to be read. A token of our own making is renewed once when LINE does not take it. */
export async function open(request: Call, config: LineConfig, tools: Tools): Promise<Response> {
  const first = await attempt(request, config, tools);
  if (first.status !== 401 || config.accessToken) return first;
  await first.body?.cancel();
  await tools.forget(tokenKey(config));
  return attempt(request, config, tools);
}

async function attempt(request: Call, config: LineConfig, tools: Tools): Promise<Response> {
  const headers: Record<string, string> = { authorization: `Bearer ${await token(config, tools)}`, ...request.headers };
  const init: RequestInit = { method: request.method, headers };
  if (request.json !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(request.json);
  }
  let response: Response;
  try {
    response = await tools.fetch(`${tools.hosts[request.host ?? 'api']}${request.path}`, init);
  } catch (error) {
    throw new NoAnswer(error);
  }
  const log = response.ok ? tools.log.info : tools.log.warn;
  log.call(
    tools.log,
    {
      method: request.method,
      path: request.path,
      status: response.status,
      lineRequestId: response.headers.get('x-line-request-id') ?? undefined,
    },
    'line answered',
  );
  return response;
}

/** Another secret means another token, so that a check after a change tries the new one. */
function tokenKey(config: LineConfig): string {
  const print = createHash('sha256').update(config.channelSecret).digest('hex').slice(0, 8);
  return `line/token/${config.channelId}/${print}`;
}

const issued = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const refused = z.object({ error: z.string(), error_description: z.string().optional() });

/** The pasted token, or a stateless one that lives 15 minutes and is renewed in the last (line.md section 1). */
function token(config: LineConfig, tools: Tools): Promise<string> | string {
  return config.accessToken ?? tools.keep(tokenKey(config), () => issue(config, tools));
}

async function issue(config: LineConfig, tools: Tools): Promise<{ value: string; ttl: number }> {
  let response: Response;
  try {
    response = await tools.fetch(`${tools.hosts.api}/oauth2/v3/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: config.channelId ?? '',
        client_secret: config.channelSecret,
      }).toString(),
    });
  } catch (error) {
    // Nothing has been said to anybody yet: whatever wanted the token may simply be tried again.
    throw new Retry(`LINE issued no token: ${new NoAnswer(error).message}`);
  }
  const json = parseJson(await response.text().catch(() => ''));
  const good = issued.safeParse(json);
  if (response.ok && good.success) {
    return { value: good.data.access_token, ttl: Math.max(1, good.data.expires_in - 60) };
  }
  if (response.status === 429)
    throw new Retry('LINE issues no more tokens just now.', retryAfter(response.headers, tools.now()));
  if (response.status >= 500 || response.ok) throw new Retry(`LINE issued no token (status ${response.status}).`);
  const why = refused.safeParse(json);
  throw new Misconfigured(
    'bad_credentials',
    why.success
      ? [why.data.error, why.data.error_description].filter(Boolean).join(': ')
      : `LINE does not accept channel id and secret (status ${response.status}).`,
  );
}
