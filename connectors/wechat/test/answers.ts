import { expect } from 'vitest';
import type { FakeAnswer } from '../../contract/options.ts';
import { fakeFetch, fakeTools, jsonAnswer } from '../../contract.ts';
import { hosts } from '../hosts.ts';

type Made = FakeAnswer | Error | ((request: Request, body: string) => FakeAnswer | Promise<FakeAnswer>);

/** WeChat's answers by path; a list is used up one by one, its last stays. A token is given where nothing else is said. */
export function routes(table: Record<string, Made | Made[]> = {}) {
  const left = new Map(
    Object.entries(table).map(([path, answers]) => [path, Array.isArray(answers) ? [...answers] : answers]),
  );
  return async (request: Request): Promise<FakeAnswer> => {
    const { pathname } = new URL(request.url);
    const found = left.get(pathname);
    const answer = Array.isArray(found) ? (found.length > 1 ? found.shift() : found[0]) : found;
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return await answer(request, await request.clone().text());
    if (answer) return answer;
    if (pathname === '/cgi-bin/stable_token')
      return jsonAnswer(200, { access_token: 'TOKEN-of-a-test', expires_in: 7200 });
    if (pathname === '/cgi-bin/media/upload') {
      const type = new URL(request.url).searchParams.get('type') ?? '';
      return jsonAnswer(200, { type, [type === 'thumb' ? 'thumb_media_id' : 'media_id']: `M_${type}`, created_at: 1 });
    }
    return jsonAnswer(200, { errcode: 0, errmsg: 'ok' });
  };
}

export const failed = (errcode: number | string, errmsg = 'no hint rid: 1-2-3') => jsonAnswer(200, { errcode, errmsg });

/** Tools over such answers, and what was asked. */
export function set(table: Record<string, Made | Made[]> = {}, vault: Record<string, string> = {}) {
  const { fetch, asked } = fakeFetch(routes(table));
  const tools = fakeTools(fetch, hosts, vault);
  const paths = () => asked.map(({ url }) => new URL(url).pathname);
  const bodies = (path: string) =>
    asked.filter(({ url }) => new URL(url).pathname === path).map(({ body }) => (body ? JSON.parse(body) : undefined));
  const told = () => expect(tools.logged.join('\n')).not.toMatch(/TOKEN|access_token/);
  return { tools, asked, paths, bodies, told };
}
