import { z } from 'zod';
import type { CheckPoint, Text, Tools, Upkeep } from '../../../connector.ts';
import { Misconfigured } from '../../../errors.ts';
import { read } from '../ask.ts';
import { readable } from '../readable.ts';
import { endOf, tokenFacts, tokenMend, tokenPoints, tokenUnknown, WARN_MS } from '../token.ts';
import type { Speaker } from './speaker.ts';

const HOUR_MS = 3600 * 1000;

/** What a Page must be subscribed to, and what its token must be allowed. */
export interface Needs {
  events: readonly string[];
  scopes: readonly string[];
}

const described = z.object({ id: z.string(), name: z.string().max(200) });
const subscription = z.object({ id: z.string(), subscribed_fields: z.array(z.string()).default([]) });
const subscriptions = z.object({ data: z.unknown() });

/** Looks at the page, its token and its subscription, which is mended. Never throws for what Meta answers. */
export async function look({ pageId: id, access, manner }: Speaker, { events, scopes }: Needs, tools: Tools) {
  const [page, token] = await Promise.all([
    read({ method: 'GET', path: `/${id}`, query: { fields: 'id,name' } }, access, tools, manner),
    tokenFacts(access, tools, manner),
  ]);
  const { name } = described.safeParse(page.json).data ?? {};
  if (!name) {
    const point: CheckPoint = { code: 'page', ok: false, what: pageBad(page.words), mend: pageMend };
    return { points: [point], down: !(page.error instanceof Misconfigured) };
  }
  const points: CheckPoint[] = [{ code: 'page', ok: true, what: { zh: `主页：${name}`, en: `Page: ${name}` } }];
  if (token.value) points.push(...tokenPoints(token.value, scopes, tools.now()));
  else points.push({ code: 'token', ok: false, what: tokenUnknown(token.words), mend: tokenMend });

  const path = `/${id}/subscribed_apps`;
  const appId = token.value?.app_id;
  const before = await read({ method: 'GET', path }, access, tools, manner);
  const apps = readable(subscription, subscriptions.safeParse(before.json).data?.data);
  const ours = appId ? apps.find((app) => app.id === appId) : apps[0];
  const missing = events.filter((event) => !ours?.subscribed_fields.includes(event));
  // A new list replaces the old one: what the app hears beside ours stays.
  const fields = [...new Set([...(ours?.subscribed_fields ?? []), ...events])].join(',');
  const made =
    before.error || missing.length === 0
      ? before
      : await read({ method: 'POST', path, query: { subscribed_fields: fields } }, access, tools, manner);
  points.push(
    made.error
      ? { code: 'subscribed', ok: false, what: subscribeFailed(made.words), mend: subscribeMend }
      : { code: 'subscribed', ok: true, what: subscribed(missing.length > 0) },
  );
  return { points, name, token: token.value, down: false };
}

/** The same between messages: only what is not right is told; when Meta cannot be asked just now, nothing is. */
export async function lookAgain(page: Speaker, needs: Needs, tools: Tools): Promise<Upkeep> {
  const now = tools.now();
  const { points, name, token, down } = await look(page, needs, tools);
  if (down) return { next: now + HOUR_MS / 4 };
  const end = token && endOf(token);
  return {
    next: now + (end && end > now && end - now < WARN_MS ? 1 : 6) * HOUR_MS,
    ...(end !== undefined && { expiresAt: end }),
    points: points.filter(({ ok }) => !ok),
    config: { ...(name && { pageName: name }), ...(token?.app_id && { appId: token.app_id }) },
  };
}

const pageBad = (why: string): Text => ({
  zh: `无法读取公共主页：${why}`,
  en: `The Page cannot be read: ${why}`,
});
const pageMend: Text = {
  zh: '核对主页编号和访问令牌：令牌必须属于该主页。',
  en: 'Compare the Page ID and the access token: the token must belong to that Page.',
};
const subscribed = (now: boolean): Text =>
  now
    ? { zh: '已为主页订阅应用所需的事件。', en: 'The app is now subscribed to the Page’s events.' }
    : { zh: '应用已订阅主页的事件。', en: 'The app is subscribed to the Page’s events.' };
const subscribeFailed = (why: string): Text => ({
  zh: `主页未订阅所需的事件：${why}`,
  en: `The Page is not subscribed to what is needed: ${why}`,
});
const subscribeMend: Text = {
  zh: '用主页管理员身份重新生成令牌，勾选 pages_manage_metadata，然后再检查一次。',
  en: 'Generate the token anew as an admin of the Page, with pages_manage_metadata, and check again.',
};
