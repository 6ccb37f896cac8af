import type { Accounts } from '../app.ts';
import type { Envelope } from './schema.ts';

/** Events whose first person is the account itself; in all others the account is the one spoken to. */
const BY_US = new Set([
  'im_send_msg',
  'im_group_send_msg',
  'authorize',
  'unauthorize',
  'contract_authorize',
  'contract_unauthorize',
  'create_video',
]);

export interface Whose {
  /** The business account, by its id for this app. */
  account?: string;
  /** The other one. */
  customer?: string;
}

/**
 * Which of the two is the business account: the one that is connected. Position alone is not trusted (douyin.md section
 * 2) and only decides between two connected accounts that talk to each other, who both get events, or between none.
 */
export function whose({ event, from_user_id: from, to_user_id: to }: Envelope, accounts: Accounts): Whose {
  const [expected, other] = BY_US.has(event) ? [from, to] : [to, from];
  const turned = other !== undefined && accounts.has(other) && !(expected !== undefined && accounts.has(expected));
  return turned ? { account: other, customer: expected } : { account: expected, customer: other };
}
