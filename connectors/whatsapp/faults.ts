import { ruleOf } from '../lib/graph/errors.ts';
import { readable } from '../lib/graph/readable.ts';
import { cut } from '../lib/text.ts';
import { RULES } from './errors.ts';
import * as schema from './schema.ts';

export interface ToldFault {
  code: number;
  text: string;
}

/** Errors that came in a webhook, beside a message or a status, with the platform's words. */
export function faultsIn(errors: unknown): ToldFault[] {
  return readable(schema.fault, errors).map(({ code, title, message, error_data }) => {
    const words = [...new Set([title ?? message, error_data?.details ?? message])].filter(Boolean).join(': ');
    return { code, text: cut(`WhatsApp ${code}: ${words || 'no reason given'}`, 800) };
  });
}

/** Our stable name of an error code; the platform's own number where we have none. */
export function nameOf(code: number): string {
  return ruleOf(code, RULES)?.code ?? `whatsapp_${Math.abs(code)}`;
}
