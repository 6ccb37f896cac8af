import type { Sendable } from '../../../core/message.ts';
import type { Connector, Outbound, Tools } from '../../connector.ts';
import { wechat } from '../index.ts';
import { direct, OPEN_ID } from './accounts.ts';

export const SEND = '/cgi-bin/message/custom/send';
export const UPLOAD = '/cgi-bin/media/upload';
export const TOKEN = '/cgi-bin/stable_token';

export const outbound = (content: Sendable, to = OPEN_ID): Outbound => ({
  to,
  key: 'k',
  messages: [{ id: '1', content }],
});
export const media = (name: string, mime: string) => ({
  id: '018f2b6e-0000-7000-8000-00000000000f',
  name,
  mime,
  url: `https://hub.example/m/${name}`,
});
export const text: Sendable = { type: 'text', text: '你好' };

/** Sends one message; gives what came of it, or the error. */
export const say = (tools: Tools, content: Sendable = text, one: Connector = wechat, config: unknown = direct) =>
  one.send?.(outbound(content), config, tools).catch((error: unknown) => error);
