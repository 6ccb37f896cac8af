import type { Manner } from '../lib/graph/ask.ts';
import type { Rule, Rules } from '../lib/graph/errors.ts';

const refuse = (code: string): Rule => ({ do: 'refuse', code });
const admin = (code: string): Rule => ({ do: 'misconfigured', code });
const retry = (afterMs?: number): Rule => ({ do: 'retry', code: afterMs ? 'too_many_calls' : 'temporary', afterMs });

const TEMPLATE = [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069];
const MARKETING = [131049, 131050, 130472, 131063];

/** What every error code of the Cloud API asks of us (whatsapp.md B10); the rest is common to Meta's products. */
export const RULES: Rules = {
  131008: refuse('rejected'),
  131009: refuse('rejected'),
  80007: retry(30_000),
  130429: retry(5_000),
  133016: retry(3_600_000),
  /** About one message per 6 s to one person; the hub's own back-off makes the pause grow. */
  131056: retry(6_000),
  131048: admin('spam_limit'),
  131064: admin('messaging_limit'),
  131000: retry(),
  131016: retry(),
  131026: refuse('unreachable'),
  131047: refuse('window_closed'),
  131051: refuse('wrong_type'),
  131052: refuse('media_failed'),
  131053: refuse('media_failed'),
  131021: refuse('to_ourselves'),
  131030: refuse('not_on_test_list'),
  131062: refuse('phone_needed'),
  131031: admin('account_restricted'),
  130497: admin('account_restricted'),
  131005: admin('not_allowed'),
  131037: admin('name_not_approved'),
  131042: admin('payment_missing'),
  131044: admin('payment_missing'),
  131045: admin('certificate_missing'),
  131057: admin('account_in_maintenance'),
  133010: admin('number_not_registered'),
  137000: refuse('identity_changed'),
  ...Object.fromEntries(TEMPLATE.map((code) => [code, refuse('template_rejected')])),
  ...Object.fromEntries(MARKETING.map((code) => [code, refuse('marketing_held_back')])),
};

export const whatsappManner: Manner = { name: 'WhatsApp', rules: RULES };
