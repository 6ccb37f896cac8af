import { randomBytes } from 'node:crypto';
import { fixturesIn } from '../lib/fixtures.ts';
import type { Replay } from '../replay.ts';
import { appOf, type DouyinConfig } from './config.ts';
import { exact, readContent } from './read.ts';
import { HEADER, signature } from './signature.ts';

type Json = Record<string, unknown>;

/** The recorded bodies of Douyin, read when first wanted. */
let recorded: Record<string, string> | undefined;
export const recordings = (): Record<string, string> =>
  (recorded ??= fixturesIn(new URL('./fixtures/', import.meta.url)));

/** An id as Douyin makes them: an `@` and 88 characters of base64. */
export const longId = (): string => `@${randomBytes(64).toString('base64')}`;

/** What an app's events are signed and addressed with. */
export interface Addressed {
  clientKey: string;
  account: string;
  from: string;
  /** The conversation of the two; its own when left out. */
  conversation?: string;
  now: () => number;
}

/**
 * A recording as if it happened now between these two: people, ids and times new, content in the shape it was recorded in.
 * Who spoke to whom stays as it was.
 */
export function freshen(recording: string, to: Addressed): Json {
  const event = exact(recording) as Json;
  const people = peopleOf(event);
  const swap = (id: unknown) => (id === people.account ? to.account : id === people.customer ? to.from : id);
  const fresh: Json = {
    ...event,
    ...(event.client_key ? { client_key: to.clientKey } : {}),
    ...('from_user_id' in event && { from_user_id: swap(event.from_user_id) }),
    ...('to_user_id' in event && { to_user_id: swap(event.to_user_id) }),
    ...(event.msg_id ? { msg_id: randomBytes(32).toString('hex') } : {}),
    ...(event.log_id ? { log_id: `02${to.now()}${randomBytes(12).toString('hex')}` } : {}),
  };
  if (event.event === 'verify_webhook') return fresh;
  let content: Json;
  try {
    content = readContent(event.content);
  } catch {
    return fresh;
  }
  const renewed = renew(content, swap, to, event.client_key);
  if (event.content !== undefined)
    fresh.content = typeof event.content === 'string' ? JSON.stringify(renewed) : renewed;
  return fresh;
}

function renew(content: Json, swap: (id: unknown) => unknown, to: Addressed, clientKey: unknown): Json {
  const { now } = to;
  const like = (old: unknown, value: number) => (typeof old === 'string' ? String(value) : value);
  const fresh: Json = { ...content };
  if ('server_message_id' in content) fresh.server_message_id = longId();
  if ('conversation_short_id' in content && to.conversation) fresh.conversation_short_id = to.conversation;
  // Times in seconds stay seconds.
  for (const name of ['create_time', 'update_time', 'expire_time']) {
    if (!(name in content)) continue;
    const isSeconds = Number(content[name]) < 1e11;
    const ahead = name === 'expire_time' ? 30 * 86_400_000 : 0;
    fresh[name] = like(content[name], Math.floor((now() + ahead) / (isSeconds ? 1000 : 1)));
  }
  if ('index' in content) fresh.index = like(content.index, now() * 1000);
  if ('read_open_id' in content) fresh.read_open_id = swap(content.read_open_id);
  if (content.source && content.source === clientKey) fresh.source = to.clientKey;
  if (Array.isArray(content.user_infos))
    fresh.user_infos = content.user_infos.map((info: Json) =>
      typeof info === 'object' && info ? { ...info, open_id: swap(info.open_id) } : info,
    );
  return fresh;
}

/** The two ids of the recordings: whatever begins as the shop's is the account's. */
function peopleOf({ from_user_id: from, to_user_id: to }: Json): { account: unknown; customer: unknown } {
  return String(from).startsWith('shop') ? { account: from, customer: to } : { account: to, customer: from };
}

export const bytesOf = (event: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(event));

/** For `npm run replay douyin text`; the webhook is the app's. */
export const douyinReplay: Replay<DouyinConfig> = {
  recordings,
  request(name, config, { from, account, now }) {
    const app = appOf(config);
    const body = bytesOf(
      freshen(recordings()[name] ?? '{"event":"replay"}', {
        clientKey: app.clientKey,
        account: account ?? config.openId,
        from: from ?? '00000000-0000-4000-8000-000000000001',
        now,
      }),
    );
    return {
      method: 'POST',
      path: '',
      query: {},
      headers: {
        'content-type': 'application/json',
        'msg-id': randomBytes(32).toString('hex'),
        [HEADER]: signature(body, app.webhookSecret ?? app.clientSecret),
      },
      body,
    };
  },
};
