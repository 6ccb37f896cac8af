import type { Outgoing } from './messages.ts';
import type { Choice } from './platform.ts';
import type { Filled } from './templates.ts';

/** What can be tapped in a message of ours, by the id that comes back. */
export function choicesIn(message: Outgoing, messageId: string, template?: Filled): Choice[] {
  if (message.type === 'template')
    return (template?.buttons ?? []).flatMap(({ data, label }) =>
      data ? [{ kind: 'template' as const, id: data, title: label, messageId }] : [],
    );
  if (message.type !== 'interactive') return [];
  const { interactive } = message;
  switch (interactive.type) {
    case 'button':
      return interactive.action.buttons.map(({ reply }) => ({ kind: 'button_reply' as const, ...reply, messageId }));
    case 'list':
      return interactive.action.sections.flatMap(({ rows }) =>
        rows.map((row) => ({ kind: 'list_reply' as const, ...row, messageId })),
      );
    case 'cta_url':
      return [];
  }
}
