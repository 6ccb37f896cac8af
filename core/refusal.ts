/**
 * The ways to say no to a person. `code` is stable; the screens have a sentence for each in both languages. Thrown by
 * core and hub alike and turned into a problem document in one place.
 */
export const REFUSALS = {
  not_found: 404,
  not_allowed: 403,
  session_closed: 409,
  not_your_session: 403,
  not_waiting: 409,
  taken: 409,
  at_capacity: 409,
  member_unavailable: 409,
  group_empty: 409,
  offer_over: 409,
  forbidden_word: 422,
  too_late: 409,
  already_recalled: 409,
  not_failed: 409,
  window_closed: 409,
  unreachable: 409,
  cannot_carry: 422,
  version_conflict: 409,
  in_use: 409,
  last_owner: 409,
  already_connected: 409,
  wrong_account: 409,
  platform_refused: 422,
  platform_away: 424,
  channel_disconnected: 409,
  no_merchant: 409,
  not_payable: 409,
  not_refundable: 409,
  already_set_up: 409,
  file_too_large: 413,
  file_type_refused: 415,
  invalid_input: 400,
} as const;
export type RefusalCode = keyof typeof REFUSALS;

export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  /** Goes into the problem document beside the code. */
  readonly more: Record<string, unknown>;
  constructor(code: RefusalCode, message?: string, more: Record<string, unknown> = {}) {
    super(message ?? code);
    this.code = code;
    this.more = more;
  }
  get status(): number {
    return REFUSALS[this.code];
  }
}
