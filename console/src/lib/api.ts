/** The way to the hub: paths under `/api/v1`, JSON both ways, problem documents as `ApiError`. */

export interface Hit {
  kind?: string;
  word: string;
  start: number;
  end: number;
}

/** `code` and `params` where the message has a name. */
export interface Fault {
  path: string;
  message: string;
  code?: string;
  params?: Record<string, string | number>;
}

export class ApiError extends Error {
  override name = 'ApiError';
  /** HTTP status; 0 when the hub could not be reached. */
  readonly status: number;
  /** Stable, meant for programs: `core/refusal.ts`, or `offline`. */
  readonly code: string;
  readonly detail: string | undefined;
  /** Where the input is wrong: path and reason. */
  readonly errors: Fault[];
  /** Forbidden words found (A-49). */
  readonly hits: Hit[];
  /** Whatever else the answer says, such as the version somebody saved meanwhile. */
  readonly more: Record<string, unknown>;
  constructor(status: number, body: { code?: string; detail?: string; errors?: Fault[]; hits?: Hit[] }) {
    const code = body.code ?? (status === 0 ? 'offline' : status >= 500 ? 'internal' : 'invalid_input');
    super(code);
    this.status = status;
    this.code = code;
    this.detail = body.detail;
    this.errors = body.errors ?? [];
    this.hits = body.hits ?? [];
    this.more = { ...body };
  }
  /** What is wrong with one field, if anything. */
  at(path: string): string | undefined {
    return this.errors.find((error) => error.path === path || error.path.endsWith(`.${path}`))?.message;
  }
}

type Query = Record<string, string | number | null | undefined>;
let onSignedOut: () => void = () => {};
/** Called whenever the hub says that nobody is signed in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** Throws ApiError. `path` begins after `/api`. */
export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const form = body instanceof FormData;
  let answer: Response;
  try {
    answer = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      headers: body === undefined || form ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : form ? body : JSON.stringify(body),
      signal,
    });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiError(0, {});
  }
  if (answer.status === 204) return undefined as T;
  const value = await answer.json().catch(() => ({}));
  if (answer.ok) return value as T;
  if (answer.status === 401 && path.startsWith('/v1/') && path !== '/v1/me') onSignedOut();
  throw new ApiError(answer.status, value);
}

const withQuery = (path: string, query: Query = {}) => {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  const text = params.toString();
  return `/v1${path}${text ? `?${text}` : ''}`;
};

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('GET', withQuery(path, query), undefined, signal),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', withQuery(path), body),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', withQuery(path), body),
  put: <T>(path: string, body: unknown) => call<T>('PUT', withQuery(path), body),
  remove: <T>(path: string, query?: Query) => call<T>('DELETE', withQuery(path, query)),
};

export interface Page<T> {
  items: T[];
  next: string | null;
}
