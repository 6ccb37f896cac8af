import type { WebEvent } from '../../../../connectors/web/schema.ts';
import type { Hello, VisitorMessage } from '../../../../hub/shapes/visitor.ts';
import type { Posted } from './outbox.ts';

/** What the hub said when it did not say yes. `status` 0: it said nothing. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly afterMs: number | undefined;
  constructor(status: number, code: string, afterMs?: number) {
    super(code);
    this.status = status;
    this.code = code;
    this.afterMs = afterMs;
  }
}

export interface Page {
  messages: VisitorMessage[];
  before: string | null;
}
export interface Stored {
  id: string;
  url: string;
  mime: string;
  name: string;
  size: number;
}

/** Longest wait for an answer that carries no file, ms. */
const PATIENCE = 20_000;

/** The hub, as a visitor of one channel meets it. Every call throws Problem. */
export class Api {
  token: string | null = null;
  #key: string;
  constructor(key: string) {
    this.#key = encodeURIComponent(key);
  }

  hello(body: object): Promise<Hello> {
    return this.#call(`/visitor/${this.#key}/hello`, body);
  }

  older(before: string): Promise<Page> {
    return this.#call(`/visitor/${this.#key}/messages?limit=30&before=${encodeURIComponent(before)}`);
  }

  async post(events: WebEvent[]): Promise<Posted> {
    try {
      await this.#call(`/webhooks/web/${this.#key}`, { events });
      return { is: 'taken' };
    } catch (error) {
      const { status, code, afterMs } = error as Problem;
      if (status === 401) throw error;
      const again = !status || status === 408 || status === 425 || status === 429 || status >= 500;
      return again ? { is: 'again', afterMs } : { is: 'refused', code };
    }
  }

  /** `after`: the last cursor we have; what is later comes first. */
  liveUrl(after: string | null): string {
    const query = new URLSearchParams({ key: decodeURIComponent(this.#key), token: this.token ?? '' });
    if (after) query.set('after', after);
    return `${location.origin.replace(/^http/, 'ws')}/visitor/live?${query}`;
  }

  /** XHR, because fetch tells nothing of how far an upload got. `progress`: 0 to 1. */
  upload(file: File, progress: (part: number) => void, signal: AbortSignal): Promise<Stored> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `/visitor/${this.#key}/media`);
      request.setRequestHeader('authorization', `Visitor ${this.token}`);
      request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
      request.onload = () => {
        const body = json(request.responseText);
        if (request.status < 300 && body) resolve(body as Stored);
        else reject(new Problem(request.status, body?.code ?? `http_${request.status}`));
      };
      request.onerror = () => reject(new Problem(0, 'network'));
      request.onabort = () => reject(new Problem(0, 'cancelled'));
      signal.addEventListener('abort', () => request.abort());
      const form = new FormData();
      form.append('file', file, file.name);
      request.send(form);
    });
  }

  async #call<T>(path: string, body?: object): Promise<T> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(path, {
        method: body ? 'POST' : 'GET',
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(this.token && { authorization: `Visitor ${this.token}` }),
        },
        body: body && JSON.stringify(body),
        credentials: 'omit',
        signal: stop.signal,
      });
      const said = json(await answer.text());
      if (answer.ok && said) return said as T;
      const after = Number(answer.headers.get('retry-after'));
      // A proxy's page in place of an answer is no answer.
      throw new Problem(
        answer.ok ? 0 : answer.status,
        said?.code ?? `http_${answer.status}`,
        after ? after * 1000 : undefined,
      );
    } catch (error) {
      throw error instanceof Problem ? error : new Problem(0, 'network');
    } finally {
      clearTimeout(timer);
    }
  }
}

function json(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
