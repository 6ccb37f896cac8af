import type { Failure } from '../../lib/graph/sandbox/answers.ts';

/** An error of the Cloud API with its details. */
export const told = (code: number, message: string, details: string): Failure => ({
  code,
  message,
  data: { messaging_product: 'whatsapp', details },
});
export const invalid = (details: string): Failure => told(100, 'Invalid parameter', details);

export const NOT = {
  window: told(
    131047,
    'Re-engagement message',
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  ),
  reachable: told(131026, 'Message undeliverable', 'Message Undeliverable.'),
  ourselves: told(131021, 'Recipient cannot be sender', 'Sender and recipient are the same number.'),
  pair: told(
    131056,
    '(Business Account, Consumer Account) pair rate limit hit',
    'Too many messages sent from this number to the same recipient in a short period of time.',
  ),
  rate: told(
    130429,
    'Rate limit hit',
    'Message failed to send because there were too many messages sent from this phone number in a short period of time.',
  ),
  registered: told(133010, 'Account not registered', 'The phone number is not registered on the Cloud API.'),
  template: told(
    132001,
    'Template name does not exist in the translation',
    'template name does not exist in the language.',
  ),
  values: told(
    132000,
    'Number of parameters does not match the expected number of params',
    'number of localizable_params does not match the expected number.',
  ),
  paused: told(132015, 'Template is paused', 'The template is paused due to low quality.'),
  media: told(131053, 'Media upload error', 'Media ID not found or no longer stored.'),
} as const;
