import type { Tools } from '../connector.ts';
import { ask, type Reading, read } from '../lib/graph/ask.ts';
import type { GraphCall } from '../lib/graph/call.ts';
import type { Asked } from '../lib/graph/errors.ts';
import type { WhatsAppConfig } from './config.ts';
import { whatsappManner } from './errors.ts';

const access = ({ version, accessToken }: WhatsAppConfig) => ({ version, token: accessToken });

/** One call as this account that must succeed; gives the JSON of the answer. Throws as `lib/graph/ask.ts` says. */
export function graph(
  request: GraphCall,
  config: WhatsAppConfig,
  tools: Tools,
  asked: Asked = 'other',
): Promise<unknown> {
  return ask(request, access(config), tools, whatsappManner, asked);
}

/** The same for checks: an error is a reading too. */
export function reading(request: GraphCall, config: WhatsAppConfig, tools: Tools): Promise<Reading> {
  return read(request, access(config), tools, whatsappManner);
}
