import { z } from 'zod';

/**
 * The right to write that came with what a person did: a message's id and its conversation, good for many answers until
 * it ends (douyin.md section 5). It travels through the hub as the reply token.
 */
export interface Right {
  scene: 'im_reply_msg' | 'im_enter_direct_msg';
  messageId: string;
  conversation: string;
  /** Epoch milliseconds. */
  until: number;
}

const shape = z.tuple([
  z.enum(['im_reply_msg', 'im_enter_direct_msg']),
  z.string().min(1),
  z.string().min(1),
  z.int().positive(),
]);

export const toToken = ({ scene, messageId, conversation, until }: Right): string =>
  JSON.stringify([scene, messageId, conversation, until]);

/** `undefined` for what is no right of ours. */
export function fromToken(token: string): Right | undefined {
  let value: unknown;
  try {
    value = JSON.parse(token);
  } catch {
    return undefined;
  }
  const result = shape.safeParse(value);
  if (!result.success) return undefined;
  const [scene, messageId, conversation, until] = result.data;
  return { scene, messageId, conversation, until };
}
