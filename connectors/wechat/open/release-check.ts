import { setTimeout as sleep } from 'node:timers/promises';
import type { AppReceived, AppTools } from '../../app.ts';
import { open, read } from '../api.ts';
import { wordsOf } from '../errors.ts';
import type { Opened } from '../open-body.ts';
import { parse } from '../parse.ts';
import { answer, SUCCESS, textReply } from '../passive.ts';
import { push } from '../schema.ts';
import { mustComponent } from './component-api.ts';
import type { OpenConfig } from './config.ts';
import { isReleaseGhId } from './release-accounts.ts';
import { queryAuth } from './schema.ts';

const STATIC = 'TESTCOMPONENT_MSG_TYPE_TEXT';
const BY_API = 'QUERY_AUTH_CODE:';
/** WeChat waits for the message "at once": a hiccup is answered within a second or not at all. */
const TRIES = 3;
const PAUSE_MS = 300;

/**
 * The release check (全网发布检测): WeChat drives the live address with its own test accounts. Known by the account a push
 * is for, never by the words alone, which a customer may write. Nothing of it is kept; undefined for everybody else.
 */
export function releaseCheck(opened: Opened, config: OpenConfig): AppReceived | undefined {
  if (!isReleaseGhId(opened.fields.ToUserName)) return undefined;
  const { FromUserName, CreateTime, MsgType, Event } = parse(push, opened.fields, 'bad_push');
  const content = typeof opened.fields.Content === 'string' ? opened.fields.Content.trim() : '';
  const say = (text: string): AppReceived => ({ events: [], reply: answer(opened, textReply(text), CreateTime) });
  if (MsgType === 'event') return Event ? say(`${Event}from_callback`) : { events: [], reply: SUCCESS };
  if (content === STATIC) return say(`${STATIC}_callback`);
  if (content.startsWith(BY_API) && FromUserName) {
    const code = content.slice(BY_API.length);
    return {
      events: [],
      // Zero bytes, then at once the message itself.
      reply: { type: 'text/plain', body: '' },
      after: (tools) => byApi(code, FromUserName, config, tools),
    };
  }
  return { events: [], reply: SUCCESS };
}

/** With the token that this very code gives: a stored one is the usual failure here. */
async function byApi(code: string, to: string, config: OpenConfig, tools: AppTools): Promise<void> {
  const { authorization_info } = await mustComponent(
    'api_query_auth',
    { authorization_code: code },
    queryAuth,
    config,
    tools,
  );
  const request = {
    path: '/cgi-bin/message/custom/send',
    json: { touser: to, msgtype: 'text', text: { content: `${code}_from_api` } },
  };
  for (let tries = 1; ; tries++) {
    const token = authorization_info.authorizer_access_token ?? '';
    const done = await read(await open(request, 'access_token', token, tools), request, tools);
    if (done.errcode === 0) return;
    if (tries === TRIES) throw new Error(`The release check’s message was not taken: ${wordsOf(done)}`);
    await sleep(PAUSE_MS);
  }
}
