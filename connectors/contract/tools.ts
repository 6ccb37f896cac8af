import { createHash } from 'node:crypto';
import type { Tools } from '../connector.ts';
import type { Answers, FakeAnswer } from './options.ts';

/** The moment tests live in. */
export const NOW = 1_760_000_100_000;

/** Tools without a network: a fetch of your own, a store in memory, and everything that was logged. */
export function fakeTools(
  fetch: typeof globalThis.fetch,
  hosts: Record<string, string>,
  vaulted: Record<string, string> = {},
): FakeTools {
  const kept = new Map<string, string>();
  const vault = new Map(Object.entries(vaulted));
  const logged: string[] = [];
  const log = (data: object, text: string) => void logged.push(`${text} ${JSON.stringify(data)}`);
  return {
    fetch,
    hosts,
    kept,
    logged,
    now: () => NOW,
    async keep(key, make) {
      const old = kept.get(key);
      if (old !== undefined) return old;
      const { value, ttl } = await make();
      if (!(ttl > 0)) throw new RangeError('A kept value needs a time to live.');
      kept.set(key, value);
      return value;
    },
    async forget(key, failed) {
      if (failed === undefined || kept.get(key) === failed) kept.delete(key);
    },
    vaulted: vault,
    vault: {
      get: async (key) => vault.get(key),
      put: async (key, value) => void vault.set(key, value),
      remove: async (key) => void vault.delete(key),
    },
    async file(media) {
      // A tiny file of the name and type that was asked for, always the same.
      const bytes = new TextEncoder().encode(`file ${media.id ?? media.name ?? ''}`);
      return {
        blob: new Blob([bytes], { type: media.mime ?? 'application/octet-stream' }),
        name: media.name ?? 'file',
        mime: media.mime ?? 'application/octet-stream',
        hash: createHash('sha256').update(bytes).digest('hex'),
      };
    },
    log: { info: log, warn: log },
  };
}

export type FakeTools = Tools & { logged: string[]; kept: Map<string, string>; vaulted: Map<string, string> };

/** A fetch that answers as told and remembers what it was asked. */
export function fakeFetch(answers: Answers): { fetch: typeof globalThis.fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    asked.push({
      method: request.method,
      url: request.url,
      body: await request.clone().text(),
      headers: Object.fromEntries(request.headers),
    });
    if (answers instanceof Error) throw answers;
    const answer = typeof answers === 'function' ? await answers(request) : answers;
    return toResponse(answer);
  };
  return { fetch: fetch as typeof globalThis.fetch, asked };
}
export interface Asked {
  method: string;
  url: string;
  body: string;
  headers: Record<string, string>;
}

function toResponse({ status, json, text, headers }: FakeAnswer): Response {
  const body = json === undefined ? (text ?? '') : JSON.stringify(json);
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : body, {
    status,
    headers: { 'content-type': json === undefined ? 'text/html' : 'application/json', ...headers },
  });
}

/** Shorthand for a JSON answer. */
export const jsonAnswer = (status: number, json: unknown, headers?: Record<string, string>): FakeAnswer => ({
  status,
  json,
  headers,
});

/** What a fetch throws when there was no connection, and when it broke off. */
export const noConnection = (): Error =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  });
export const brokenOff = (): Error =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
  });
