import { z } from 'zod';
import type { CheckPoint, Text, Tools } from '../connector.ts';
import { type Answer, type Call, call, NoAnswer } from './api.ts';
import * as words from './check-words.ts';
import type { LineConfig } from './config.ts';
import { silence, trouble } from './errors.ts';

const info = z.object({
  displayName: z.string(),
  basicId: z.string(),
  chatMode: z.string().optional(),
  markAsReadMode: z.string().optional(),
});
const endpoint = z.object({ endpoint: z.string().optional(), active: z.boolean() });
const tested = z.object({
  success: z.boolean().optional(),
  statusCode: z.number().optional(),
  reason: z.string().optional(),
  detail: z.string().optional(),
});
const quota = z.object({ type: z.string(), value: z.number().optional() });
const consumption = z.object({ totalUsage: z.number() });

const ENDPOINT = '/v2/bot/channel/webhook/endpoint';
/** Below this share of the month's pushes the admin is told. */
const LOW = 0.1;

/**
 * Sets the account up as far as the API allows and says what is left for a person (line.md section 1): token, webhook
 * address, its switch, LINE's own trial of it, quota. Never throws for what LINE answers; each answer is a point.
 */
export async function check(config: LineConfig, tools: Tools, callbackUrl: string): Promise<CheckPoint[]> {
  const ask = (request: Call) => read(request, config, tools);
  const bot = await ask({ method: 'GET', path: '/v2/bot/info' });
  const account = info.safeParse(bot.json).data;
  if (!account) return [{ code: 'token', ok: false, what: words.tokenBad(bot.words), mend: words.tokenMend }];
  const points: CheckPoint[] = [
    {
      code: 'token',
      ok: true,
      what: words.tokenGood(account.displayName, account.basicId),
      url: `https://line.me/R/ti/p/${encodeURIComponent(account.basicId)}`,
    },
  ];
  points.push(...(await webhook(ask, callbackUrl)));
  points.push(await pushes(ask));
  if (account.chatMode === 'bot') points.push({ code: 'chat', ok: true, what: words.chatOff });
  else if (account.markAsReadMode === 'auto') points.push({ code: 'read', ok: true, what: words.readAuto });
  points.push({ code: 'greeting', ok: true, what: words.greeting });
  return points;
}

type Ask = (request: Call) => Promise<Reading>;
interface Reading {
  status: number;
  json: unknown;
  words: string;
}

async function webhook(ask: Ask, callbackUrl: string): Promise<CheckPoint[]> {
  const before = endpoint.safeParse((await ask({ method: 'GET', path: ENDPOINT })).json).data;
  let replaced: string | undefined;
  if (before?.endpoint !== callbackUrl) {
    const put = await ask({ method: 'PUT', path: ENDPOINT, json: { endpoint: callbackUrl } });
    if (put.status !== 200) {
      return [
        { code: 'webhook', ok: false, what: words.webhookRefused(put.words), mend: words.webhookMend(callbackUrl) },
      ];
    }
    replaced = before?.endpoint || undefined;
  }
  const now = endpoint.safeParse((await ask({ method: 'GET', path: ENDPOINT })).json).data;
  const set: CheckPoint = { code: 'webhook', ok: true, what: words.webhookSet(replaced) };
  if (!now?.active) return [set, { code: 'active', ok: false, what: words.inactive, mend: words.inactiveMend }];
  return [set, { code: 'active', ok: true, what: words.active }, await trial(ask, callbackUrl)];
}

async function trial(ask: Ask, callbackUrl: string): Promise<CheckPoint> {
  const answer = await ask({ method: 'POST', path: '/v2/bot/channel/webhook/test', json: { endpoint: callbackUrl } });
  const result = tested.safeParse(answer.json).data;
  if (answer.status === 200 && result?.success) return { code: 'test', ok: true, what: words.testGood };
  const why = result?.reason
    ? `${result.reason} ${result.statusCode || ''} ${result.detail ?? ''}`.trim()
    : answer.words;
  return { code: 'test', ok: false, what: words.testBad(why), mend: testMend(result?.reason) };
}

function testMend(reason: string | undefined): Text {
  switch (reason?.toUpperCase()) {
    case 'COULD_NOT_CONNECT':
      return words.mendConnect;
    case 'REQUEST_TIMEOUT':
      return words.mendSlow;
    case 'ERROR_STATUS_CODE':
      return words.mendStatus;
    default:
      return words.mendTest;
  }
}

async function pushes(ask: Ask): Promise<CheckPoint> {
  const [limit, used] = await Promise.all([
    ask({ method: 'GET', path: '/v2/bot/message/quota' }),
    ask({ method: 'GET', path: '/v2/bot/message/quota/consumption' }),
  ]);
  const all = quota.safeParse(limit.json).data;
  const total = consumption.safeParse(used.json).data?.totalUsage;
  if (!all || total === undefined)
    return { code: 'quota', ok: false, what: words.quotaUnknown(limit.words || used.words) };
  if (all.type === 'none' || all.value === undefined) return { code: 'quota', ok: true, what: words.quotaNone(total) };
  const left = Math.max(0, all.value - total);
  const low = left <= all.value * LOW;
  return {
    code: 'quota',
    ok: left > 0,
    what: words.quotaLeft(left, all.value),
    mend: low ? words.quotaMend : undefined,
  };
}

/** An answer, or the words for why there is none; one failing point must not hide the others. */
async function read(request: Call, config: LineConfig, tools: Tools): Promise<Reading> {
  try {
    const answer: Answer = await call(request, config, tools);
    const good = answer.status >= 200 && answer.status < 300;
    return {
      status: answer.status,
      json: good ? answer.json : undefined,
      words: good ? '' : trouble(answer, 'other', tools.now()).message,
    };
  } catch (error) {
    const known = error instanceof NoAnswer ? silence(error, 'other') : error;
    if (!(known instanceof Error)) throw known;
    return { status: 0, json: undefined, words: known.message };
  }
}
