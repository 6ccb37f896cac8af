import { z } from 'zod';

/**
 * What Douyin posts (douyin.md sections 2 to 4). Strict where we build on a field, lenient where it only decorates.
 * Numbers come as texts and the other way round, so both are taken everywhere.
 */
type Read<T> = (value: unknown) => T | undefined;
/** A field that only decorates: read where it can be, otherwise as if it were not there. No tries that fail: they cost. */
const maybe = <T>(read: Read<T>) => z.unknown().optional().transform(read);
/** A field that we build on: refused where it cannot be read. */
const must = <T>(read: Read<T>) =>
  z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: 'cannot be read' });
    return z.NEVER;
  });

const asText: Read<string> = (value) =>
  typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : undefined;
const asId: Read<string> = (value) => {
  const text = asText(value);
  return text !== undefined && text.length > 0 && text.length <= 200 ? text : undefined;
};
const asWhole: Read<number> = (value) => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
};

const id = must(asId);
const maybeId = maybe(asId);
const whole = maybe(asWhole);
const note = maybe((value) => (typeof value === 'string' ? value : undefined));
/** A text we only keep for a person's eyes; empty is nothing. */
const fact = maybe((value) => asText(value)?.trim() || undefined);
const name = must((value) =>
  typeof value === 'string' && value.length > 0 && value.length <= 100 ? value : undefined,
);
const list = maybe((value) => (Array.isArray(value) ? (value as unknown[]) : undefined)).transform(
  (items) => items ?? [],
);
const object = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A person may be missing (account events), but an id of a wrong shape is refused, not dropped. */
const person = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null || value === '') return undefined;
    const read = asId(value);
    if (read === undefined) context.addIssue({ code: 'custom', message: 'cannot be read' });
    return read;
  });

export const envelope = z.object({
  event: name,
  client_key: note,
  from_user_id: person,
  to_user_id: person,
  content: z.unknown().optional(),
  /** Of the event, equal on repeats; not of the message in it. */
  msg_id: maybeId,
});
export type Envelope = z.infer<typeof envelope>;

const asString: Read<string> = (value) => (typeof value === 'string' ? value : undefined);
const userInfos = list.transform((items) =>
  items.filter(object).map((info) => ({
    open_id: asString(info.open_id),
    nick_name: asString(info.nick_name),
    avatar: asString(info.avatar),
  })),
);

/** What every event of a conversation may bring. */
export const talk = z.object({
  conversation_short_id: maybeId,
  server_message_id: maybeId,
  create_time: whole,
  index: maybe(asText),
  user_infos: userInfos,
});
export type Talk = z.infer<typeof talk>;

export const message = talk.extend({
  message_type: name,
  /** The app that sent it; empty when somebody typed it. */
  source: note,
});
export type Message = z.infer<typeof message>;

export const text = z.object({ text: z.string() });
export const emoji = z.object({
  resource_url: note,
  resource_type: note,
  resource_width: whole,
  resource_height: whole,
});
export const card = z.object({
  card_id: fact,
  card_status: fact,
  card_data: list.transform((items) =>
    items.filter(object).map((row) => ({
      label: asText(row.label)?.trim() || undefined,
      value: asText(row.value)?.trim() || undefined,
    })),
  ),
});

export const recall = z.object({ server_message_id: id });
export const read = z.object({ conversation_short_id: maybeId, index: must(asText), read_open_id: id });
/** Times in seconds, unlike everywhere else. */
export const consent = z.object({
  auth_status: fact,
  operation_type: fact,
  create_time: whole,
  update_time: whole,
  expire_time: whole,
});
export const scopes = z.object({
  scopes: maybe((value) => (Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : undefined)),
});
