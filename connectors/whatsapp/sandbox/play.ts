import type { Failure } from '../../lib/graph/sandbox/answers.ts';
import type { WhatsAppAccount } from './accounts.ts';
import type { Platform } from './platform.ts';
import type { Webhooks } from './webhooks.ts';

interface Sent {
  account: WhatsAppAccount;
  person: string;
  id: string;
  key?: string;
}

/** Plays what Meta tells of a message of ours: sent, delivered, read, one after the other, unless told otherwise. */
export function playStatuses({ account, person, id, key }: Sent, platform: Platform, webhooks: Webhooks): void {
  const { faults } = platform;
  const usual = faults.on('readHidden') ? ['sent', 'delivered'] : ['sent', 'delivered', 'read'];
  const order = faults.on('statusesShuffled') ? [...usual].reverse().concat('delivered') : usual;
  later(
    order.map((status) => () => webhooks.status(account, person, id, status, { key })),
    faults.number('statusMs'),
  );
}

/** A message that was taken and fails a moment later, with the reason. */
export function playFailure(
  { account, person, id, key }: Sent,
  failure: Failure,
  platform: Platform,
  webhooks: Webhooks,
): void {
  later([() => webhooks.status(account, person, id, 'failed', { key, failure })], platform.faults.number('statusMs'));
}

function later(acts: (() => void)[], pause: number): void {
  acts.forEach((act, i) => void setTimeout(act, pause * (i + 1)).unref());
}
