import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** What is done with SECRET_KEY, and nowhere else: sealing credentials at rest and signing links. */
export class Secrets {
  readonly #key: Buffer;
  constructor(secretKey: string) {
    this.#key = Buffer.from(secretKey, 'utf8');
  }

  /** A key for one purpose; knowing one tells nothing about another. 32 bytes. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#key, 'haina', purpose, 32));
  }

  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. `context` must be the same to open it. */
  seal(plain: string, context: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.derive('seal'), nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the key or the context is another, or a byte was changed. */
  open(sealed: Uint8Array, context: string): string {
    const decipher = createDecipheriv('aes-256-gcm', this.derive('seal'), sealed.subarray(0, 12)).setAAD(
      Buffer.from(context),
    );
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** base64url HMAC-SHA256, for links. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.derive(purpose)).update(text).digest('base64url');
  }

  verify(purpose: string, text: string, signature: string): boolean {
    const given = Buffer.from(signature);
    const right = Buffer.from(this.sign(purpose, text));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
