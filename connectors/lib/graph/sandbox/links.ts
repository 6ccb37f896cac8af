import { randomBytes } from 'node:crypto';
import { BoundedMap } from '../../sandbox/bounded.ts';

/** Addresses of files that end by themselves, as those of Meta's download hosts do. */
export class Links {
  readonly #now: () => number;
  readonly #links = new BoundedMap<string, { file: string; until: number }>(2_000);
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A name under which the file may be had for `lifeMs`. */
  make(file: string, lifeMs: number): string {
    const token = randomBytes(18).toString('base64url');
    this.#links.set(token, { file, until: this.#now() + lifeMs });
    return token;
  }

  /** The file behind a name that has not ended. */
  open(token: string): string | undefined {
    const link = this.#links.get(token);
    return link && link.until > this.#now() ? link.file : undefined;
  }

  endAll(): void {
    this.#links.clear();
  }
}
