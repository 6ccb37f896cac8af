import { z } from 'zod';

/** What the Send API takes from us. */
const url = z
  .string()
  .regex(/^https?:\/\//)
  .max(4000);
const recipient = z.strictObject({ id: z.string().min(1).max(40) });
const file = z.union([
  z.strictObject({ attachment_id: z.string().min(1) }),
  z.strictObject({ url, is_reusable: z.boolean().optional() }),
]);
const button = z.strictObject({ type: z.literal('web_url'), url, title: z.string().min(1).max(20) });
const template = z.strictObject({
  template_type: z.literal('button'),
  text: z.string().min(1).max(640),
  buttons: z.array(button).min(1).max(3),
});
const attachment = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['image', 'audio', 'video', 'file']), payload: file }),
  z.strictObject({ type: z.literal('template'), payload: template }),
]);
const reply = z.strictObject({
  content_type: z.literal('text'),
  title: z.string().min(1).max(20),
  payload: z.string().min(1).max(1000),
});
const metadata = z.string().max(1000).optional();
const message = z.union([
  z.strictObject({
    text: z.string().min(1).max(2000),
    quick_replies: z.array(reply).min(1).max(13).optional(),
    metadata,
  }),
  z.strictObject({ attachment, metadata }),
]);
export type OutMessage = z.infer<typeof message>;

export const outgoing = z.union([
  z.strictObject({ recipient, sender_action: z.enum(['mark_seen', 'typing_on', 'typing_off']) }),
  z.strictObject({
    recipient,
    messaging_type: z.enum(['RESPONSE', 'UPDATE', 'MESSAGE_TAG']),
    tag: z.literal('HUMAN_AGENT').optional(),
    message,
    reply_to: z.strictObject({ mid: z.string().min(1) }).optional(),
  }),
]);
export type Outgoing = z.infer<typeof outgoing>;

/** The part of a form that says what the file beside it is. */
export const uploading = z.strictObject({
  attachment: z.strictObject({
    type: z.enum(['image', 'audio', 'video', 'file']),
    payload: z.strictObject({ is_reusable: z.literal(true) }),
  }),
});

/** What was wrong with a body, as Meta would put it. */
export function faultsOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `Param ${issue?.path.join('.') || 'message'} is not valid.`;
}
