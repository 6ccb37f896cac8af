import type { Tools } from '../../connector.ts';
import { neverLeft, parseJson } from '../http.ts';

/** Who asks the Graph API, and as which version of it. */
export interface Access {
  /** `v25.0` */
  version: string;
  token: string;
}

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** After the version, with its slash: `/300000000000001/messages`. Ids in it have been looked at. */
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  /** Instead of JSON: a file and its fields. */
  form?: FormData;
}

export interface Answer {
  status: number;
  headers: Headers;
  json: unknown;
}

/** No answer came. `neverLeft`: no connection was made, so nothing can have happened at Meta. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  readonly neverLeft: boolean;
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.neverLeft = neverLeft(cause);
  }
}

/** Names of common HTTP libraries are refused by Meta's download hosts (whatsapp.md B9): a plain one of our own. */
export const USER_AGENT = 'Haina';

/** One call to `tools.hosts.graph`, its body read; every status is an answer. Throws NoAnswer. Logs no query: a token may be in it. */
export async function call(
  request: GraphCall,
  { version, token }: Access,
  tools: Pick<Tools, 'fetch' | 'hosts' | 'log'>,
): Promise<Answer> {
  const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'user-agent': USER_AGENT };
  const init: RequestInit = { method: request.method, headers };
  if (request.json !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(request.json);
  } else if (request.form) {
    // Written out here: the hub's fetch may be another library's, which does not know this FormData.
    const written = new Response(request.form);
    headers['content-type'] = written.headers.get('content-type') ?? '';
    init.body = new Uint8Array(await written.arrayBuffer());
  }
  const query = request.query ? `?${new URLSearchParams(request.query)}` : '';
  let response: Response;
  try {
    response = await tools.fetch(`${tools.hosts.graph}/${version}${request.path}${query}`, init);
  } catch (error) {
    throw new NoAnswer(error);
  }
  const { status } = response;
  const trace = response.headers.get('x-fb-trace-id') ?? undefined;
  const log = response.ok ? tools.log.info : tools.log.warn;
  log.call(tools.log, { method: request.method, path: request.path, status, trace }, 'graph answered');
  // A status is already an answer: when its body breaks off we know what happened, only not the ids.
  const text = await response.text().catch(() => '');
  return { status, headers: response.headers, json: parseJson(text) };
}

export const isGood = ({ status }: Pick<Answer, 'status'>): boolean => status >= 200 && status < 300;
