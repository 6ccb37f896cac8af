import type { EndReason } from '../session.ts';
import type { Step } from '../step.ts';

export const say = (text: string): Extract<Step, { do: 'say' }> => ({
  do: 'say',
  as: 'system',
  content: { type: 'text', text },
});

/** TG-05. */
export const tagged = (tagIds: readonly string[]): Step[] =>
  tagIds.length ? [{ do: 'tag', tagIds, on: true, memberId: null }] : [];

/** The house ends a session: the timer's own text stands for the closing text. Empty: not a word. */
export function ending(reason: EndReason, text: string, tagIds: readonly string[] = []): Step[] {
  return [...tagged(tagIds), ...(text ? [say(text)] : []), { do: 'close', by: 'system', memberId: null, reason }];
}
