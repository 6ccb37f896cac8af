import { randomBytes } from 'node:crypto';
import { fixturesIn } from '../lib/fixtures.ts';
import { escaped } from '../lib/graph/sandbox/body.ts';
import { signature } from '../lib/graph/signature.ts';
import type { Replay } from '../replay.ts';
import type { WhatsAppConfig } from './config.ts';
import { isPhone } from './who.ts';

type Json = Record<string, unknown>;

/** The recorded bodies of the Cloud API, read when first wanted. */
let recorded: Record<string, string> | undefined;
export const recordings = (): Record<string, string> =>
  (recorded ??= fixturesIn(new URL('./fixtures/', import.meta.url)));

/** A message id as Meta's look: opaque, and long. */
export const newWamid = (): string => `wamid.HBgN${randomBytes(24).toString('base64')}`;

const EVENTS = ['messages', 'statuses', 'message_echoes', 'calls'] as const;

/**
 * A recording as if it happened now between `from` and the number `account`: new ids and times. What was equal stays
 * equal, so a quote still points at its message.
 */
export function freshen(
  recording: string,
  who: { from: string; account: string; waba: string },
  now: () => number,
): Json {
  const { entry } = JSON.parse(recording) as { entry: (Json & { changes: { field: string; value: Json }[] })[] };
  const renamed = new Map<string, string>();
  const fresh = (old: string) => {
    const known = renamed.get(old) ?? newWamid();
    renamed.set(old, known);
    return known;
  };
  const person = isPhone(who.from) ? { phone: who.from } : { user: who.from };
  const change = ({ field, value }: { field: string; value: Json }) => {
    const next: Json = { ...value };
    if (value.metadata) next.metadata = { ...(value.metadata as Json), phone_number_id: who.account };
    if (Array.isArray(value.contacts))
      next.contacts = value.contacts.map((item) => ({ ...item, ...contactIds(person) }));
    for (const key of EVENTS) {
      if (!Array.isArray(value[key])) continue;
      next[key] = value[key].map((item: Json) => ({
        ...item,
        ...senderIds(key, person),
        id: key === 'statuses' ? item.id : fresh(String(item.id)),
        timestamp: String(Math.floor(now() / 1000)),
      }));
    }
    return { field, value: next };
  };
  return {
    object: 'whatsapp_business_account',
    entry: entry.map((item) => ({
      ...item,
      id: who.waba,
      time: Math.floor(now() / 1000),
      changes: item.changes.map(change),
    })),
  };
}

interface Ids {
  phone?: string;
  user?: string;
}
const contactIds = ({ phone, user }: Ids): Json => ({ wa_id: phone, user_id: user });
const senderIds = (key: (typeof EVENTS)[number], { phone, user }: Ids): Json => {
  if (key === 'statuses') return { recipient_id: phone, recipient_user_id: user };
  return key === 'message_echoes' ? { to: phone, to_user_id: user } : { from: phone, from_user_id: user };
};

/** For `npm run replay -- whatsapp text`. */
export const whatsappReplay: Replay<WhatsAppConfig> = {
  recordings,
  request(name, config, { from, account, now }) {
    const recording = recordings()[name] ?? '{"entry":[]}';
    const who = { from: from ?? '4915550000009', account: account ?? config.phoneNumberId, waba: config.wabaId };
    const body = escaped(freshen(recording, who, now));
    return {
      method: 'POST',
      path: '',
      query: {},
      body,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature(body, config.appSecret) },
    };
  },
};
