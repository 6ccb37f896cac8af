/**
 * Events of a session that a member reads as a quiet line between the messages. What is not among them shows itself in
 * a message or a mark, or only numbers what the screens already show.
 */
export const LINES = [
  'opened',
  'waiting',
  'left',
  'served',
  'transferred',
  'closed',
  'notice',
  'offered',
  'offer-ended',
  'released',
  'locked',
  'joined',
  'parted',
  'tagged',
  'untagged',
  'alarm',
  'reminded',
  'wait-reminded',
  'wait-over',
  'leaving',
  'left-message',
  'invited',
  'rated',
] as const;

const lines: ReadonlySet<string> = new Set(LINES);
/** Whether a member reads an event of this type. */
export const isLine = (type: string): boolean => lines.has(type);
