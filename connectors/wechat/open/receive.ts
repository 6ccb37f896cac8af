import type { Accounts, AppChange, AppReceived } from '../../app.ts';
import type { RawRequest } from '../../connector.ts';
import { BadRequest, BadSignature } from '../../errors.ts';
import { bounded } from '../../lib/json.ts';
import { cut } from '../../lib/text.ts';
import { translate } from '../inbound.ts';
import { digest } from '../key.ts';
import { echo, type Keys, openBody } from '../open-body.ts';
import { parse } from '../parse.ts';
import { passive, SUCCESS } from '../passive.ts';
import type { OpenConfig } from './config.ts';
import { isReleaseAppId } from './release-accounts.ts';
import { releaseCheck } from './release-check.ts';
import { type PlatformPush, platformPush } from './schema.ts';
import { keepTicket } from './ticket.ts';

/** What is entered as 消息与事件接收URL; WeChat puts the account's AppID in. */
export const MESSAGE_PATH = '/$APPID$/message';
/** … and as 授权事件接收URL. */
export const EVENT_PATH = '/events';
const OF_ACCOUNT = /^\/(wx[0-9a-zA-Z]{6,30})\/message$/;

/** A push for one of the platform's accounts, or for the platform itself, both with the platform's keys (§12). */
export function receive(request: RawRequest, config: OpenConfig, accounts: Accounts): AppReceived {
  const keys = keysOf(config);
  if (request.method === 'GET') return { events: [], reply: { type: 'text/plain', body: echo(request, keys) } };
  const opened = openBody(request, keys);
  const appId = OF_ACCOUNT.exec(request.path)?.[1];
  if (!appId) {
    if (opened.fields.InfoType === undefined)
      throw new BadRequest('unknown_address', 'No account is named in this address.');
    return aboutPlatform(opened.fields, config);
  }
  const checked = releaseCheck(opened, config);
  if (checked) return checked;
  const facts = accounts.config?.(appId);
  // The signature does not cover the address, but the message says whom it is for.
  if (facts?.ghId && opened.fields.ToUserName !== facts.ghId)
    throw new BadSignature('The message is for another account than the address.');
  const answering = facts?.verified === 'no' && facts.kind !== 'mini' ? passive(opened) : undefined;
  return {
    events: [translate(opened.fields, appId)],
    reply: SUCCESS,
    ...(answering && { passive: answering }),
  };
}

function keysOf({ appId, token, previousToken, aesKey, previousAesKey }: OpenConfig): Keys {
  return {
    tokens: previousToken ? [token, previousToken] : [token],
    aesKeys: previousAesKey ? [aesKey, previousAesKey] : [aesKey],
    receiveId: appId,
    plaintext: false,
  };
}

/** Tickets and consents. What we do not know is thanked for like the rest, and kept by name where it is about an account. */
function aboutPlatform(fields: unknown, config: OpenConfig): AppReceived {
  const push = parse(platformPush, fields, 'bad_push');
  // Two platforms may push to one address: the other's ticket must not become ours.
  if (push.AppId !== config.appId) return { events: [], reply: SUCCESS };
  const changes = changesOf(push);
  if (changes) return { events: [], reply: SUCCESS, changes };
  const { AuthorizerAppid: account, CreateTime, InfoType, AppId: _, ...rest } = push;
  if (!account) return { events: [], reply: SUCCESS };
  const externalId = ['platform', account, CreateTime, cut(InfoType, 60), digest(rest)].join(':');
  const ignored = { kind: 'ignored', what: InfoType, data: bounded(rest) } as const;
  return { events: [{ account, externalId, at: CreateTime * 1000, ...ignored }], reply: SUCCESS };
}

function changesOf(push: PlatformPush): AppChange[] | undefined {
  const { AuthorizerAppid: account, AuthorizationCode: code, PreAuthCode } = push;
  switch (push.InfoType) {
    case 'component_verify_ticket':
      return push.ComponentVerifyTicket ? [keepTicket(push.ComponentVerifyTicket, push.CreateTime * 1000)] : [];
    case 'authorized':
    case 'updateauthorized':
      // The release check's accounts consent to themselves; nobody of ours is behind it.
      if (!account || !code || isReleaseAppId(account)) return [];
      return [{ do: 'authorise', grant: { account, code, ...(PreAuthCode && { preAuthCode: PreAuthCode }) } }];
    case 'unauthorized':
      if (!account || isReleaseAppId(account)) return [];
      return [{ do: 'revoke', account, why: { zh: '授权已取消', en: 'The owner withdrew the authorisation.' } }];
    default:
      return undefined;
  }
}
