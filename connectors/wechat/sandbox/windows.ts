import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { WechatAccount } from './accounts.ts';

/** What the person did that lets the account write. */
export type Act = 'message' | 'menu' | 'follow' | 'scan' | 'enter';

const HOURS_48 = 48 * 3_600_000;
const MINUTE = 60_000;
type Row = Partial<Record<Act, { sends: number; ms: number }>>;
/** The current table (wechat.md §8). */
const OFFICIAL: Row = {
  message: { sends: 5, ms: HOURS_48 },
  menu: { sends: 3, ms: MINUTE },
  follow: { sends: 3, ms: MINUTE },
  scan: { sends: 3, ms: MINUTE },
};
const MINI: Row = { message: { sends: 5, ms: HOURS_48 }, enter: { sends: 2, ms: MINUTE } };

interface Window {
  until: number;
  left: number;
}

/** WeChat's own count of what each account may still write to each person. */
export class Windows {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #windows = new BoundedMap<string, Window>(5_000);
  constructor(now: () => number) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Not added up: the larger of what is left and what is granted, and likewise the time. */
  open({ appId, kind }: WechatAccount, openId: string, act: Act): void {
    const grant = (kind === 'mini' ? MINI : OFFICIAL)[act];
    if (!grant) return;
    const now = this.#now();
    const key = `${appId} ${openId}`;
    const before = this.#windows.get(key);
    const live = before && before.until > now ? before : { until: 0, left: 0 };
    this.#windows.set(key, { until: Math.max(live.until, now + grant.ms), left: Math.max(live.left, grant.sends) });
  }

  /** Somebody who was there before our last start may have written then: believed for as long as that could be true. */
  believe({ appId }: WechatAccount, openId: string): void {
    const key = `${appId} ${openId}`;
    if (!this.#windows.has(key)) this.#windows.set(key, { until: this.#startedAt + HOURS_48, left: 5 });
  }

  shut({ appId }: WechatAccount, openId: string): void {
    this.#windows.set(`${appId} ${openId}`, { until: 0, left: 0 });
  }

  state({ appId }: WechatAccount, openId: string): 'open' | 'shut' | 'used' {
    const window = this.#windows.get(`${appId} ${openId}`);
    if (!window || window.until <= this.#now()) return 'shut';
    return window.left > 0 ? 'open' : 'used';
  }

  spend({ appId }: WechatAccount, openId: string): void {
    const window = this.#windows.get(`${appId} ${openId}`);
    if (window) window.left--;
  }
}
