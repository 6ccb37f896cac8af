import type { SessionEvent } from '../../../../../../../hub/shapes/desk.ts';

/** Which wording of an event's line: `event.<type>.<variant>`; empty for the plain one. `to` is the name it speaks of, if any. */
export function variantOf({ type, actor, data }: SessionEvent, to: string): string {
  const word = (key: string) => (typeof data[key] === 'string' ? (data[key] as string) : '');
  switch (type) {
    case 'closed':
      return word('reason') || actor.type;
    case 'served':
      return word('how');
    case 'waiting':
      return data.lost ? 'lost' : to ? 'to' : '';
    case 'transferred':
      return to ? 'to' : '';
    case 'notice':
      return word('what');
    case 'offer-ended':
      return word('outcome');
    case 'locked':
      return data.on === false ? 'off' : '';
    case 'invited':
      return word('by');
    default:
      return '';
  }
}
