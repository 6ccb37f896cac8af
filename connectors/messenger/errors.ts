import type { Manner } from '../lib/graph/ask.ts';
import type { Rule } from '../lib/graph/errors.ts';

const refuse = (code: string, ...codes: number[]) => codes.map((one): [number, Rule] => [one, { do: 'refuse', code }]);

/** Codes and subcodes of the Messenger Platform (“Common Error Codes”); the rest is common to Meta's products. */
const rules = Object.fromEntries([
  ...refuse('window_closed', 2018278, 2018065, 2018108),
  ...refuse('unreachable', 551, 1545041, 2018001),
  ...refuse('another_app', 2018300),
  ...refuse('media_failed', 2018007, 2018008, 2018047, 2018074),
  ...refuse('file_too_large', 2018109, 2018294),
  [1200, { do: 'retry', code: 'temporary' }] satisfies [number, Rule],
]);
export const manner: Manner = { name: 'Messenger', rules };
