import { BoundedMap } from '../../lib/sandbox/bounded.ts';

const HOURS_48 = 48 * 3_600_000;

interface Window {
  until: number;
  /** Messages that may still be sent; null: any number. */
  left: number | null;
}

/** Who may still be written to (weibo.md section 5): told anew here, not taken from the connector, so that one checks the other. */
export class Windows {
  readonly #now: () => number;
  readonly #windows = new BoundedMap<string, Window>(2_000);
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The fan wrote, followed, subscribed, tapped the menu or scanned: 48 hours, any number. */
  open(account: string, fan: string): void {
    this.#windows.set(`${account} ${fan}`, { until: this.#now() + HOURS_48, left: null });
  }

  /** The fan mentioned the account in public: one message in 48 hours, unless more is open already. */
  mention(account: string, fan: string): void {
    const open = this.#windows.get(`${account} ${fan}`);
    if (open && open.left === null && open.until > this.#now()) return;
    this.#windows.set(`${account} ${fan}`, { until: this.#now() + HOURS_48, left: 1 });
  }

  close(account: string, fan: string): void {
    this.#windows.delete(`${account} ${fan}`);
  }

  /** Takes one message's worth; false when nothing is open. */
  take(account: string, fan: string): boolean {
    const open = this.#windows.get(`${account} ${fan}`);
    if (!open || open.until <= this.#now() || open.left === 0) return false;
    if (open.left !== null) open.left--;
    return true;
  }
}
