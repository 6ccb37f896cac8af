import type { EndReason } from '../session.ts';
import type { Step } from '../step.ts';

/** The house ends a session: the timer's own text stands for the closing text. Empty: not a word. */
export function ending(reason: EndReason, text: string, tagIds: readonly string[] = []): Step[] {
  return [
    ...(tagIds.length ? [{ do: 'tag', tagIds, on: true, memberId: null } as const] : []),
    ...(text ? [{ do: 'say', as: 'system', content: { type: 'text', text } } as const] : []),
    { do: 'close', by: 'system', memberId: null, reason },
  ];
}
