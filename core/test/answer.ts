import { houseText } from '../house-text.ts';
import type { Inbound } from '../inbound.ts';
import { onInbound } from '../reception.ts';
import { type Given, situation } from './situation.ts';
import { told } from './told.ts';

/** What the policy answers in a situation, a line a step. */
export const answer = (inbound: Inbound, given?: Given): string[] => told(onInbound(inbound, situation(given)));

/** What the house itself says, in the language of the tests' customers. */
export const house = (key: Parameters<typeof houseText>[0], values: Record<string, string | number> = {}): string =>
  houseText(key, 'zh', '', values);
