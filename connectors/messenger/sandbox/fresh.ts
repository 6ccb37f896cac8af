import { randomBytes } from 'node:crypto';

type Json = Record<string, unknown>;

/** A message id as Messenger's look. */
export const newMid = (): string => `m_${randomBytes(48).toString('base64url')}`;

/**
 * A recording as if it happened now between `from` and the page `account`: new ids and times. What was equal stays equal,
 * so an edit still points at its message.
 */
export function freshen(recording: string, who: { from: string; account: string }, now: () => number): Json {
  const { entry } = JSON.parse(recording) as { entry: Json[] };
  const renamed = new Map<unknown, string>();
  const fresh = (old: unknown) => {
    const known = renamed.get(old) ?? newMid();
    renamed.set(old, known);
    return known;
  };
  const party = (side: unknown, page: boolean) =>
    (side as Json | undefined)?.id === undefined ? side : { id: page ? who.account : who.from };
  const event = (raw: Json): Json => {
    const next: Json = { ...raw };
    const echo = (raw.message as Json | undefined)?.is_echo === true;
    if (raw.sender) next.sender = party(raw.sender, echo);
    if (raw.recipient) next.recipient = party(raw.recipient, !echo);
    if (raw.timestamp !== undefined) next.timestamp = now();
    for (const key of ['message', 'postback', 'message_edit']) {
      const own = raw[key] as Json | undefined;
      if (own?.mid !== undefined) next[key] = { ...own, mid: fresh(own.mid) };
    }
    for (const key of ['read', 'delivery']) {
      const own = raw[key] as Json | undefined;
      if (own) next[key] = { ...own, watermark: now() };
    }
    return next;
  };
  return {
    object: 'page',
    entry: entry.map((item) => {
      const next: Json = { ...item, id: who.account, time: now() };
      for (const key of ['messaging', 'standby'])
        if (Array.isArray(item[key])) next[key] = (item[key] as Json[]).map(event);
      return next;
    }),
  };
}
