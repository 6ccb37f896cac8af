import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * What a token of the sandbox says of itself. Tokens carry their own proof, so that those the hub keeps in its database
 * are still good after the sandbox was started anew.
 */
export const claimsSchema = z.object({
  /** What it opens: an account by its own secret (new way, old way), an account through a platform, the platform itself. */
  is: z.enum(['stable', 'plain', 'authoriser', 'component', 'refresh', 'code']),
  /** The AppID it stands for. */
  app: z.string(),
  /** The third-party platform that holds it. */
  by: z.string().optional(),
  /** Granted permission sets. */
  funcs: z.array(z.int()).optional(),
  /** Milliseconds. */
  from: z.int(),
  until: z.int().optional(),
  /** Makes every one of them different. */
  n: z.string(),
});
export type Claims = z.infer<typeof claimsSchema>;

export class Signer {
  readonly #key: string;
  constructor(seed: string) {
    this.#key = seed;
  }

  sign(claims: Claims): string {
    const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `${body}-${this.#proof(body)}`;
  }

  /** What it says, whether or not its time is over; undefined for what is not ours. */
  read(token: string): Claims | undefined {
    const at = token.length - 44;
    const body = token.slice(0, Math.max(at, 0));
    const proof = Buffer.from(token.slice(at + 1));
    const wanted = Buffer.from(this.#proof(body));
    if (at <= 0 || proof.length !== wanted.length || !timingSafeEqual(proof, wanted)) return undefined;
    return claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString())).data;
  }

  #proof(body: string): string {
    return createHmac('sha256', this.#key).update(`wechat token ${body}`).digest('base64url');
  }
}
