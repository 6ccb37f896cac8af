import { say } from '../start/say.mjs';

export interface Fault {
  path: string;
  message: string;
  code?: string;
  area?: string;
  params?: Record<string, string | number>;
  where?: unknown[];
}

/** The hub said no. `status` 0: it could not be reached. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly code: string;
  readonly errors: Fault[];
  readonly more: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    const code = String(body.code ?? 'unreachable');
    super(typeof body.detail === 'string' ? `${code}: ${body.detail}` : code);
    this.status = status;
    this.code = code;
    this.errors = Array.isArray(body.errors) ? (body.errors as Fault[]) : [];
    this.more = body;
  }
}

export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>;

/** The hub's API as one admin, signed in as the console signs in. The password is sent once and kept nowhere. */
export class Client {
  readonly #url: string;
  readonly #fetch: Fetch;
  #cookie = '';

  constructor(url: string, fetcher: Fetch = fetch) {
    this.#url = url.replace(/\/+$/, '');
    this.#fetch = fetcher;
  }

  /** Throws `Refused`: `wrong_credentials`, `too_many_tries`, `not_allowed` for whoever is no admin. */
  async signIn(username: string, password: string): Promise<void> {
    const answer = await this.#ask('POST', '/api/auth/sign-in/username', { username, password });
    this.#cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    const { member } = await this.call<{ member: { role: string } }>('GET', '/me');
    if (member.role !== 'admin' && member.role !== 'owner')
      throw new Refused(403, { code: 'not_allowed', detail: say('an admin is needed', '需要管理员账号') });
  }

  /** Ends the sign-in; whatever goes wrong with that is nobody's concern any more. */
  async signOut(): Promise<void> {
    if (this.#cookie) await this.#ask('POST', '/api/auth/sign-out', {}).catch(() => {});
    this.#cookie = '';
  }

  /** `path` begins after `/api/v1`. Throws `Refused`. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#ask(method, `/api/v1${path}`, body);
    return (answer.status === 204 ? null : await answer.json()) as T;
  }

  /** All pages of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: T[]; next: string | null } = await this.call(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${cursor}` : ''}`,
      );
      items.push(...page.items);
      cursor = page.next;
    } while (cursor);
    return items;
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.#fetch(this.#url + path, {
        method,
        headers: {
          ...(this.#cookie && { cookie: this.#cookie }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Refused(0, { code: 'unreachable', detail: this.#url });
    }
    if (answer.ok) return answer;
    const told = await answer.json().catch(() => ({}));
    throw new Refused(answer.status, { code: `http_${answer.status}`, ...(told as object) });
  }
}
