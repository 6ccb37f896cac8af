import { z } from 'zod';

/** What the Cloud API takes from us (whatsapp.md B8). */
const url = z
  .string()
  .regex(/^https?:\/\//)
  .max(4000);
const file = z.union([z.strictObject({ id: z.string().min(1) }), z.strictObject({ link: url })]);
const captioned = z.union([
  z.strictObject({
    id: z.string().min(1),
    caption: z.string().max(1024).optional(),
    filename: z.string().max(240).optional(),
  }),
  z.strictObject({ link: url, caption: z.string().max(1024).optional(), filename: z.string().max(240).optional() }),
]);
const words = (max: number) => z.strictObject({ text: z.string().min(1).max(max) });
const header = z.looseObject({
  type: z.enum(['text', 'image', 'video', 'document']),
  text: z.string().max(60).optional(),
  image: file.optional(),
});
const common = { header: header.optional(), body: words(1024), footer: words(60).optional() };

const button = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
});
const row = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(24),
  description: z.string().max(72).optional(),
});
const section = z.strictObject({ title: z.string().max(24).optional(), rows: z.array(row).min(1).max(10) });

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    ...common,
    action: z.strictObject({
      buttons: z
        .array(button)
        .min(1)
        .max(3)
        .refine(
          (list) => new Set(list.map(({ reply }) => reply.title)).size === list.length,
          'Duplicate button titles',
        ),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    ...common,
    action: z.strictObject({
      button: z.string().min(1).max(20),
      sections: z
        .array(section)
        .min(1)
        .max(10)
        .refine((list) => list.reduce((sum, { rows }) => sum + rows.length, 0) <= 10, 'At most 10 rows')
        .refine((list) => {
          const ids = list.flatMap(({ rows }) => rows.map(({ id }) => id));
          return new Set(ids).size === ids.length;
        }, 'Duplicate row ids'),
    }),
  }),
  z.strictObject({
    type: z.literal('cta_url'),
    ...common,
    action: z.strictObject({
      name: z.literal('cta_url'),
      parameters: z.strictObject({ display_text: z.string().min(1).max(20), url }),
    }),
  }),
]);

const parameter = z.looseObject({
  type: z.string(),
  text: z.string().min(1).max(1024).optional(),
  parameter_name: z.string().optional(),
});
const component = z.strictObject({
  type: z.enum(['header', 'body', 'button']),
  sub_type: z.string().optional(),
  index: z.string().optional(),
  parameters: z.array(parameter),
});
export type TemplateComponent = z.infer<typeof component>;

const shared = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z.string().min(1).max(40).optional(),
  recipient: z.string().min(1).max(200).optional(),
  context: z.strictObject({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};

export const outgoing = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...shared,
      type: z.literal('text'),
      text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
    }),
    z.strictObject({ ...shared, type: z.literal('image'), image: captioned }),
    z.strictObject({ ...shared, type: z.literal('video'), video: captioned }),
    z.strictObject({ ...shared, type: z.literal('document'), document: captioned }),
    z.strictObject({ ...shared, type: z.literal('audio'), audio: file }),
    z.strictObject({ ...shared, type: z.literal('sticker'), sticker: file }),
    z.strictObject({
      ...shared,
      type: z.literal('location'),
      location: z.strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        name: z.string().max(1000).optional(),
        address: z.string().max(1000).optional(),
      }),
    }),
    z.strictObject({ ...shared, type: z.literal('interactive'), interactive }),
    z.strictObject({
      ...shared,
      type: z.literal('reaction'),
      reaction: z.strictObject({ message_id: z.string(), emoji: z.string().max(20).optional() }),
    }),
    z.strictObject({
      ...shared,
      type: z.literal('template'),
      template: z.strictObject({
        name: z.string().min(1),
        language: z.strictObject({ code: z.string().min(2), policy: z.string().optional() }),
        components: z.array(component).optional(),
      }),
    }),
  ])
  .refine((message) => (message.to === undefined) !== (message.recipient === undefined), 'Either to or recipient');
export type Outgoing = z.infer<typeof outgoing>;

export const reading = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read'),
  message_id: z.string().min(1),
  typing_indicator: z.strictObject({ type: z.literal('text') }).optional(),
});

/** What was wrong with a body, as Meta would put it. */
export function faultsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `Param ${path.join('.') || 'body'}: ${message}`)
    .join('; ');
}
