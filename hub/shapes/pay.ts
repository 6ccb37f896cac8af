import { z } from '@hono/zod-openapi';
import { configInput } from './channels.ts';
import { id, instant } from './common.ts';

/** Whole numbers of fen. The platform's most for one order is far above; this stops a slip of the finger. */
const amount = z.int().min(1).max(100_000_000);
export const AskForMoney = z
  .object({
    /** Made by the sender, and the message's id as well: a repeat is the same request. */
    id,
    amount: amount.openapi({ description: 'In fen, the smallest unit' }),
    description: z
      .string()
      .trim()
      .min(1)
      .max(127)
      .refine((text) => Buffer.byteLength(text) <= 127, 'At most 127 bytes: about 42 Chinese characters.'),
  })
  .openapi('AskForMoney');
export const AskForRefund = z
  .object({
    /** Made by the sender: a repeat is the same refund. */
    id,
    /** In fen; all that is left when absent. */
    amount: amount.optional(),
    reason: z
      .string()
      .trim()
      .max(80)
      .refine((text) => Buffer.byteLength(text) <= 80, 'At most 80 bytes.')
      .optional(),
  })
  .openapi('AskForRefund');

const failure = z.object({ code: z.string(), text: z.string() }).nullable();
export const PaymentRefund = z
  .object({
    id,
    amount: z.int(),
    state: z.enum(['asked', 'processing', 'done', 'failed', 'abnormal']),
    reason: z.string().nullable(),
    at: instant,
    endedAt: instant.nullable(),
    error: failure,
  })
  .openapi('PaymentRefund');
export const Payment = z
  .object({
    /** Also the id of the message that asks for it. */
    id,
    sessionId: id,
    amount: z.int(),
    currency: z.string(),
    description: z.string(),
    state: z.enum(['asked', 'paying', 'paid', 'closed', 'failed', 'refunding', 'refunded']),
    /** Fen that have gone back. */
    refunded: z.int(),
    merchant: z.string(),
    url: z.string(),
    transactionId: z.string().nullable(),
    askedBy: id,
    createdAt: instant,
    expiresAt: instant,
    paidAt: instant.nullable(),
    error: failure,
    refunds: z.array(PaymentRefund),
  })
  .openapi('Payment');
/** What I may do with money. */
export const PaymentRights = z.object({ ask: z.boolean(), refund: z.boolean() }).openapi('PaymentRights');

export const PaymentSettings = z
  .object({
    agents: z.boolean().default(false).openapi({ description: 'Agents may ask for money, not only supervisors' }),
  })
  .openapi('PaymentSettings');

export const Merchant = z
  .object({
    id,
    name: z.string(),
    sandbox: z.boolean(),
    /** Secrets show as set or not. */
    config: z.record(z.string(), z.union([z.string(), z.boolean()]).nullable()),
    /** Where the platform tells what happened. */
    notifyUrl: z.string(),
    /** What has to be on the list of payment directories (支付授权目录). */
    payUrl: z.string(),
    createdAt: instant,
  })
  .openapi('Merchant');
const name = z.string().trim().min(1).max(60);
export const NewMerchant = z.object({ name, config: configInput }).openapi('NewMerchant');
export const MerchantPatch = z.object({ name, config: configInput }).partial().openapi('MerchantPatch');
export type Payment = z.infer<typeof Payment>;
export type Merchant = z.infer<typeof Merchant>;
