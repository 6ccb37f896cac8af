import { z } from 'zod';

/**
 * What Douyin posts (douyin.md sections 2 to 4). Strict where we build on a field, lenient where it only decorates.
 * Numbers come as texts and the other way round, so both are taken everywhere.
 */
const words = z.union([z.string(), z.int().transform(String)]);
const id = words.pipe(z.string().min(1).max(200));
const maybeId = z
  .union([z.literal('').transform(() => undefined), id])
  .optional()
  .catch(undefined);
const whole = z
  .union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);
const note = z.string().optional().catch(undefined);
/** A text we only keep for a person's eyes; empty is nothing. */
const fact = words
  .transform((value) => value.trim() || undefined)
  .optional()
  .catch(undefined);

/** A person may be missing (account events), but an id of a wrong shape is refused, not dropped. */
const person = z
  .union([z.literal(['']).transform(() => undefined), z.null().transform(() => undefined), id])
  .optional();

export const envelope = z.object({
  event: z.string().min(1).max(100),
  client_key: note,
  from_user_id: person,
  to_user_id: person,
  content: z.unknown().optional(),
  /** Of the event, equal on repeats; not of the message in it. */
  msg_id: maybeId,
});
export type Envelope = z.infer<typeof envelope>;

const userInfos = z
  .array(z.looseObject({ open_id: note, nick_name: note, avatar: note }).catch({}))
  .catch([])
  .default([]);

/** What every event of a conversation may bring. */
export const talk = z.object({
  conversation_short_id: maybeId,
  server_message_id: maybeId,
  create_time: whole,
  index: words.optional().catch(undefined),
  user_infos: userInfos,
});
export type Talk = z.infer<typeof talk>;

export const message = talk.extend({
  message_type: z.string().min(1).max(60),
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
  card_data: z
    .array(z.looseObject({ label: fact, value: fact }).catch({}))
    .catch([])
    .default([]),
});

export const recall = z.object({ server_message_id: id });
export const read = z.object({ conversation_short_id: maybeId, index: words, read_open_id: id });
/** Times in seconds, unlike everywhere else. */
export const consent = z.object({
  auth_status: fact,
  operation_type: fact,
  create_time: whole,
  update_time: whole,
  expire_time: whole,
});
export const scopes = z.object({ scopes: z.array(z.string()).optional().catch(undefined) });
