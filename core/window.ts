import type { Can, Grant, ReplyWindow, Trigger } from './can.ts';
import type { Step } from './step.ts';

/**
 * The ledger of what we may still write to one customer on one channel. `until` in epoch milliseconds; `left` messages,
 * null: any number. Absent altogether: the channel grants nothing until the customer acts.
 */
export interface Ledger {
  until: number;
  left: number | null;
}

/** Whether this channel keeps a ledger at all. */
export function isMetered(window: ReplyWindow | undefined): window is ReplyWindow & { grants: object } {
  return window?.grants !== undefined;
}

/**
 * After the customer acted. Quotas do not add up: the allowance becomes the larger of what is left and what the act
 * grants, and likewise its end (channels/wechat.md §8).
 */
export function granted(
  before: Ledger | null,
  window: ReplyWindow | undefined,
  trigger: Trigger | undefined,
  at: number,
): Ledger | null {
  const grant: Grant | undefined = trigger && window?.grants?.[trigger];
  if (!grant) return before;
  const fresh: Ledger = { until: at + grant.seconds * 1000, left: grant.sends ?? null };
  if (!before || before.until <= at) return fresh;
  const left = before.left === null || fresh.left === null ? null : Math.max(before.left, fresh.left);
  return { until: Math.max(before.until, fresh.until), left };
}

/** Messages we may write now: 0 when the window is shut or used up, Infinity where nothing is counted. */
export function allowance(ledger: Ledger | null, window: ReplyWindow | undefined, now: number): number {
  if (!isMetered(window)) return Number.POSITIVE_INFINITY;
  if (!ledger || ledger.until <= now) return 0;
  return ledger.left ?? Number.POSITIVE_INFINITY;
}

/** After `count` messages of ours; never below nothing. */
export function spent(ledger: Ledger | null, count: number): Ledger | null {
  if (!ledger || ledger.left === null) return ledger;
  return { ...ledger, left: Math.max(0, ledger.left - count) };
}

/**
 * Where messages are counted, texts the house says in one breath become one message: a welcome and an answer must not
 * spend the customer's window. Only neighbours of the same author, and only while they fit.
 */
export function thrifty(steps: readonly Step[], can: Pick<Can, 'text' | 'window'>): readonly Step[] {
  const counted = Object.values(can.window?.grants ?? {}).some((grant) => grant.sends !== undefined);
  if (!counted) return steps;
  const thrift: Step[] = [];
  for (const step of steps) {
    const last = thrift.at(-1);
    // What a session remembers of a text ('said') would be lost with a second one's.
    if (step.do === 'say' && last?.do === 'say' && step.as === last.as && !(step.said && last.said)) {
      const [a, b] = [last.content, step.content];
      if (a.type === 'text' && b.type === 'text' && a.text.length + b.text.length + 2 <= can.text) {
        const content = { type: 'text', text: `${a.text}\n\n${b.text}` } as const;
        thrift[thrift.length - 1] = { ...last, content, said: last.said ?? step.said, told: last.told ?? step.told };
        continue;
      }
    }
    thrift.push(step);
  }
  return thrift;
}
