import type { Inbound, InboundKind } from '../../core/inbound.ts';
import { cursorPattern, type WebEvent } from './schema.ts';

/**
 * One event of a visitor's page in our words. `at` is 0: a page's clock cannot be trusted and a connector has none, so
 * the hub puts in the time of arrival wherever it finds 0.
 */
export function toInbound(from: string, event: WebEvent): Inbound {
  return { from, externalId: event.id, at: 0, ...kindOf(event) };
}

function kindOf(event: WebEvent): InboundKind {
  switch (event.type) {
    case 'message':
      return {
        kind: 'message',
        messageId: event.id,
        content: event.content,
        ...(event.quoteId && { quoted: event.quoteId }),
      };
    case 'read':
      return { kind: 'receipt', state: 'read', ...placeOf(event.cursor) };
    case 'rate': {
      const { stars, tags, resolved, comment, invitationId } = event;
      return { kind: 'rate', stars, tags, resolved, comment, invitationId };
    }
    case 'leave-message':
      return { kind: 'leave-message', form: present(event.form), text: event.text };
    case 'rate-wish':
      return { kind: 'wish', wish: 'rate' };
    default:
      return { kind: 'wish', wish: event.type };
  }
}

function present(form: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** Takes a cursor apart: the session it lies in and its number there. */
function placeOf(cursor: string): { session: string; seq: number } {
  const [, session = '', seq = '0'] = cursorPattern.exec(cursor) ?? [];
  return { session, seq: Number(seq) };
}
