import type { SessionDetail } from '../../../hub/shapes/desk.ts';

/** What is left of the right to write, as the composer tells it. */
export interface Right {
  /** Why nothing may be written now: the time is over, the messages are used up, or the customer has yet to act. */
  shut: 'closed' | 'sends' | 'never' | null;
  /** Milliseconds until it ends; null: no end. */
  left: number | null;
  /** Messages; null: not counted. */
  sends: number | null;
  /** Beyond the answer it costs the account's quota. */
  quota: boolean;
  /** Approved texts may be sent while it is shut. */
  templates: boolean;
}

/** `now` in epoch milliseconds. A window that is not metered never shuts. */
export function rightOf(window: SessionDetail['window'], now: number): Right {
  if (!window) return { shut: null, left: null, sends: null, quota: false, templates: false };
  const { until, sends, quota, metered, templates } = window;
  const left = until === null ? null : Date.parse(until) - now;
  const shut =
    left !== null && left <= 0 ? 'closed' : metered && left === null ? 'never' : sends === 0 ? 'sends' : null;
  return { shut, left, sends, quota, templates };
}
