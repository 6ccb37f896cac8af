import { z } from 'zod';
import type { CheckPoint, Text, Tools } from '../../connector.ts';
import { type Manner, type Reading, read } from './ask.ts';
import type { Access } from './call.ts';

const DAY_MS = 24 * 3600 * 1000;
/** The admin is told this long before a token ends. */
export const WARN_MS = 7 * DAY_MS;

const debugged = z.object({
  data: z.object({
    app_id: z.coerce.string().optional(),
    is_valid: z.boolean(),
    /** Seconds; 0: never. */
    expires_at: z.number().optional().catch(undefined),
    scopes: z.array(z.string()).optional().catch(undefined),
  }),
});
export type TokenFacts = z.infer<typeof debugged>['data'];

/** What a token may do and how long; a token may ask about itself. */
export async function tokenFacts(
  access: Access,
  tools: Tools,
  manner: Manner,
): Promise<Reading & { value?: TokenFacts }> {
  const query = { input_token: access.token };
  const answer = await read({ method: 'GET', path: '/debug_token', query }, access, tools, manner);
  return { ...answer, value: debugged.safeParse(answer.json).data?.data };
}

/** When the token ends, in epoch milliseconds; null: never, undefined: not told. */
export function endOf({ expires_at }: TokenFacts): number | null | undefined {
  return expires_at === undefined ? undefined : expires_at === 0 ? null : expires_at * 1000;
}

/** What is to be said of a token: whether it is good, how long, and which of the permissions `needed` it lacks. */
export function tokenPoints(token: TokenFacts, needed: readonly string[], now: number): CheckPoint[] {
  const end = endOf(token);
  if (!token.is_valid) return [{ code: 'token', ok: false, what: invalid, mend: tokenMend }];
  const points: CheckPoint[] = [
    end && end - now < WARN_MS
      ? { code: 'token', ok: false, what: ends(end), mend: tokenMend }
      : { code: 'token', ok: true, what: end ? ends(end) : forever },
  ];
  const missing = token.scopes ? needed.filter((scope) => !token.scopes?.includes(scope)) : [];
  if (missing.length > 0)
    points.push({ code: 'permission', ok: false, what: lacks(missing), mend: permissionMend(needed) });
  return points;
}

export const tokenUnknown = (why: string): Text => ({
  zh: `无法读取访问令牌的信息：${why}`,
  en: `Nothing could be learnt of the access token: ${why}`,
});
export const tokenMend: Text = {
  zh: '在 Meta 商务设置 → 系统用户中重新生成令牌（有效期选「永不」），粘贴到渠道设置。',
  en: 'Generate a new one in Meta business settings → System users (expiry “Never”) and paste it into the channel’s settings.',
};
const forever: Text = { zh: '访问令牌长期有效。', en: 'The access token does not end.' };
const invalid: Text = { zh: '访问令牌已失效。', en: 'The access token is no longer good.' };
const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const ends = (at: number): Text => ({
  zh: `访问令牌有效至 ${day(at)}。`,
  en: `The access token is good until ${day(at)}.`,
});
const lacks = (names: readonly string[]): Text => ({
  zh: `访问令牌缺少权限：${names.join('、')}。`,
  en: `The access token lacks permissions: ${names.join(', ')}.`,
});
const permissionMend = (names: readonly string[]): Text => ({
  zh: `重新生成令牌时勾选 ${names.join('、')}。`,
  en: `Generate the token anew with ${names.join(', ')}.`,
});
