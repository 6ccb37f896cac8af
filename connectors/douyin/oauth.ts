import { z } from 'zod';
import type { AppTools } from '../app.ts';
import { Refused, Retry } from '../errors.ts';
import { type Answer, type Call, call, NoAnswer } from './api.ts';
import type { DouyinApp } from './app-config.ts';
import { silence, trouble } from './errors.ts';
import { ACCESS_LIFE, REFRESH_LIFE } from './limits.ts';

/** Seconds, as number or text. */
const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,10}$/)
      .transform(Number),
  ])
  .pipe(z.number().positive())
  .optional()
  .catch(undefined);
const note = z.string().min(1).optional().catch(undefined);
const token = z.string().min(1).max(2000);

/** What every token call answers; ends in epoch milliseconds. */
export interface Issued {
  access: string;
  accessUntil: number;
  refresh?: string;
  refreshUntil: number;
  openId?: string;
  scopes?: string;
}

const issued = z.object({
  data: z.looseObject({
    access_token: token,
    expires_in: seconds,
    refresh_token: note,
    refresh_expires_in: seconds,
    open_id: note,
    scope: note,
  }),
});
const renewed = z.object({ data: z.looseObject({ refresh_token: token, expires_in: seconds }) });
const client = z.object({ data: z.looseObject({ access_token: token, expires_in: seconds }) });
const person = z.object({ data: z.looseObject({ nickname: note, avatar: note, open_id: note }) });

/** The code of a consent (ten minutes, one use) for tokens. */
export async function exchange(code: string, app: DouyinApp, tools: AppTools): Promise<Issued> {
  const form = { client_key: app.clientKey, client_secret: app.clientSecret, code, grant_type: 'authorization_code' };
  return tokens(await ask({ method: 'POST', path: '/oauth/access_token/', form }, tools), tools);
}

/** A new access token; the end of the refresh token does not move. Gives the answer itself when it is a refusal. */
export async function refreshed(refresh: string, app: DouyinApp, tools: AppTools): Promise<Issued | Answer> {
  const form = { client_key: app.clientKey, grant_type: 'refresh_token', refresh_token: refresh };
  const answer = await ask({ method: 'POST', path: '/oauth/refresh_token/', form }, tools);
  return answer.code === 0 ? tokens(answer, tools) : answer;
}

/** Another refresh token, at most five times; the old one is dead at once. */
export async function renewal(
  refresh: string,
  app: DouyinApp,
  tools: AppTools,
): Promise<{ refresh: string; refreshUntil: number } | Answer> {
  const form = { client_key: app.clientKey, refresh_token: refresh };
  const answer = await ask({ method: 'POST', path: '/oauth/renew_refresh_token/', form }, tools);
  if (answer.code !== 0) return answer;
  const { data } = read(renewed, answer);
  return { refresh: data.refresh_token, refreshUntil: tools.now() + (data.expires_in ?? REFRESH_LIFE) * 1000 };
}

/** The app's own token (`clt.…`), two hours; a new one ends the old one after five minutes, so it is kept. */
export function clientToken(app: DouyinApp, tools: AppTools): Promise<string> {
  return tools.keep('client', async () => {
    const form = { client_key: app.clientKey, client_secret: app.clientSecret, grant_type: 'client_credential' };
    const answer = await ask({ method: 'POST', path: '/oauth/client_token/', form }, tools);
    if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
    const { data } = read(client, answer);
    return { value: data.access_token, ttl: data.expires_in ?? 7200 };
  });
}

/** Name and picture of a business account. */
export async function userinfo(openId: string, access: string, tools: AppTools): Promise<Answer> {
  return ask({ method: 'POST', path: '/oauth/userinfo/', form: { open_id: openId, access_token: access } }, tools);
}
export function personOf(answer: Answer): { name?: string; avatar?: string } {
  const { nickname, avatar } = person.safeParse(answer.json).data?.data ?? {};
  return { name: nickname, avatar: avatar && /^https?:\/\//.test(avatar) ? avatar : undefined };
}

/** Nothing is said to anybody by these calls: without an answer they may simply be tried again. */
export async function ask(request: Call, tools: AppTools): Promise<Answer> {
  try {
    return await call(request, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  }
}

function tokens(answer: Answer, tools: AppTools): Issued {
  if (answer.code !== 0) throw trouble(answer, 'other', tools.now());
  const { data } = read(issued, answer);
  const now = tools.now();
  return {
    access: data.access_token,
    accessUntil: now + (data.expires_in ?? ACCESS_LIFE) * 1000,
    refresh: data.refresh_token,
    refreshUntil: now + (data.refresh_expires_in ?? REFRESH_LIFE) * 1000,
    openId: data.open_id,
    scopes: data.scope,
  };
}

function read<T>(shape: z.ZodType<T>, answer: Answer): T {
  const result = shape.safeParse(answer.json);
  if (result.success) return result.data;
  throw new Retry('Douyin’s answer holds no token.');
}

/** The person turned us down, or came back without a code. */
export const turnedDown = (words: string): Refused =>
  new Refused('consent_refused', words || 'No consent was given on the Douyin page.');
