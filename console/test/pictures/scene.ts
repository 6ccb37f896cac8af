import type { APIRequestContext } from 'playwright-core';
import { newId } from '../../../hub/id.ts';
import type { Story } from './stories.ts';

type Json = Record<string, any>;

/** A hub's doors: the owner's, a web visitor's, a phone's. Every call throws when the hub says no. */
export function doors(request: APIRequestContext, url: string) {
  async function call(
    method: string,
    path: string,
    data?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Json> {
    const answer = await request.fetch(url + path, { method, data, headers });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? {} : ((await answer.json()) as Json);
  }
  const api = (method: string, path: string, data?: unknown) => call(method, `/api/v1${path}`, data);
  return {
    call,
    api,
    signIn: (password: string) =>
      call('POST', '/api/auth/sign-in/username', { username: 'owner', password }, { origin: url }),
    /** The agent's words into a session. */
    async answer(sessionId: string, text: string): Promise<void> {
      await api('POST', `/sessions/${sessionId}/messages`, { id: newId(), content: { type: 'text', text } });
    },
    async visitor(key: string, language: string) {
      const { token } = await call('POST', `/visitor/${key}/hello`, { language });
      return async (...texts: string[]) => {
        for (const text of texts)
          await call(
            'POST',
            `/webhooks/web/${key}`,
            { events: [{ type: 'message', id: newId(), content: { type: 'text', text } }] },
            { authorization: `Visitor ${token}` },
          );
      };
    },
    async sessions(view: string): Promise<Json[]> {
      return (await api('GET', `/sessions?view=${view}`)).items;
    },
  };
}
export type Doors = ReturnType<typeof doors>;

/** Makes the seeded demo speak one language only: names, rules, house texts. */
export async function dress(
  hub: Doors,
  { names, rules, house, locale }: Story,
): Promise<{ key: string; snippet: string }> {
  const { items: channels } = await hub.api('GET', '/channels');
  const web = channels.find((one: Json) => one.connector === 'web');
  const line = channels.find((one: Json) => one.connector === 'line');
  const style = { ...web.style, title: names.account, announcement: '', background: '#7a5230' };
  await hub.api('PATCH', `/channels/${web.id}`, { name: names.web, style: { ...style, language: locale } });
  await hub.api('PATCH', `/channels/${line.id}`, { name: names.line });
  const { items: replies } = await hub.api('GET', '/auto-replies');
  for (const [index, text] of [rules.welcome, rules.price, rules.shipping].entries())
    await hub.api('PATCH', `/auto-replies/${replies[index].id}`, { replies: [{ type: 'text', text }] });
  for (const [area, texts] of Object.entries(house)) {
    const { version, document } = await hub.api('GET', `/settings/${area}`);
    await hub.api('PUT', `/settings/${area}`, { version, document: { ...document, ...texts } });
  }
  await hub.api('PATCH', '/me', { name: names.owner, status: 'online', preferences: { language: locale } });
  return { key: web.key, snippet: web.snippet };
}
