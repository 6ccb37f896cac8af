import { z } from 'zod';
import type { AppTools } from '../../app.ts';
import { Misconfigured, Retry } from '../../errors.ts';
import { type Answer, type Call, NoAnswer, open, read } from '../api.ts';
import { actOn } from '../codes.ts';
import { silence, trouble, wordsOf } from '../errors.ts';
import type { OpenConfig } from './config.ts';
import { readTicket } from './ticket.ts';

/** A new token ends the old one, so it is not taken before the last ten minutes (the store asks 60 s before `ttl`). */
const SPARE_S = 540;
const LEAST_TTL_S = 120;
const KEY = 'component-token';
const PATH = '/cgi-bin/component';
/** A ticket comes within ten minutes of being asked for; usually at once. */
const TICKET_PAUSE_MS = 30_000;

/**
 * One call in the platform's name, `component_appid` put in; gives what WeChat answered, errors too. A token that is not
 * taken is renewed once. Throws what to do next where there is no token or no answer (channels/wechat.md §12).
 */
export async function askComponent(
  name: string,
  json: Record<string, unknown>,
  config: OpenConfig,
  tools: AppTools,
): Promise<Answer> {
  const request = { path: `${PATH}/${name}`, json: { component_appid: config.appId, ...json } };
  const token = await componentToken(config, tools);
  const first = await once(request, token, tools);
  if (first.errcode === undefined || actOn(first.errcode).do !== 'token') return first;
  await tools.forget(KEY, token);
  return await once(request, await componentToken(config, tools), tools);
}

/** The same where only a success will do. */
export async function mustComponent<T>(
  name: string,
  json: Record<string, unknown>,
  shape: z.ZodType<T>,
  config: OpenConfig,
  tools: AppTools,
): Promise<T> {
  const answer = await askComponent(name, json, config, tools);
  if (answer.errcode !== 0) throw trouble(answer, 'other', tools.now());
  const good = shape.safeParse(answer.json);
  if (!good.success) throw new Retry(`WeChat’s answer to ${name} cannot be read.`);
  return good.data;
}

async function once(request: Call, token: string | undefined, tools: AppTools): Promise<Answer> {
  try {
    // The older name of the parameter; the platform takes both, and what runs in production uses this one.
    const response = await open(
      request,
      token === undefined ? undefined : 'component_access_token',
      token ?? '',
      tools,
    );
    return await read(response, request, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  }
}

const issued = z.object({ component_access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** The platform's own token: one for all its accounts and all hubs. */
export function componentToken(config: OpenConfig, tools: AppTools): Promise<string> {
  return tools.keep(KEY, async () => {
    const ticket = await readTicket(tools);
    if (!ticket) throw await noTicket('WeChat has not sent a ticket yet.', config, tools);
    const json = {
      component_appid: config.appId,
      component_appsecret: config.appSecret,
      component_verify_ticket: ticket.value,
    };
    const answer = await once({ path: `${PATH}/api_component_token`, json }, undefined, tools);
    const good = issued.safeParse(answer.json).data;
    if (answer.errcode === 0 && good)
      return { value: good.component_access_token, ttl: Math.max(LEAST_TTL_S, good.expires_in - SPARE_S) };
    if (answer.errcode === 61005 || answer.errcode === 61006) throw await noTicket(wordsOf(answer), config, tools);
    if (answer.errcode === 0) throw new Retry('WeChat issued a token that cannot be read.');
    if (answer.errcode !== undefined && actOn(answer.errcode).do === 'token')
      throw new Misconfigured('bad_app', wordsOf(answer));
    throw trouble(answer, 'other', tools.now());
  });
}

/** Without a ticket nothing works: it is asked for, and comes to the event address. */
async function noTicket(words: string, config: OpenConfig, tools: AppTools): Promise<Error> {
  const answer = await startTickets(config, tools);
  if (answer.errcode !== 0) {
    const failure = trouble(answer, 'other', tools.now());
    if (failure instanceof Misconfigured) return failure;
  }
  return new Retry(words, TICKET_PAUSE_MS);
}

/** Begins, or begins again, the pushing of tickets. */
export function startTickets(config: OpenConfig, tools: AppTools): Promise<Answer> {
  const json = { component_appid: config.appId, component_secret: config.appSecret };
  return once({ path: `${PATH}/api_start_push_ticket`, json }, undefined, tools);
}
