import type { State } from './lib/chat.ts';
import type { View } from './view.ts';

/** What a visitor may do beside writing, as the plugin is set (V-04, V-40) and as things stand. */
export interface Offers {
  human: boolean;
  rate: boolean;
  leave: boolean;
}

export function offersOf({ phase, hello, session }: State): Offers {
  const style = phase === 'ready' ? hello?.channel.style : undefined;
  return {
    human: !!style?.human && (!session || session.state === 'bot' || session.state === 'closed'),
    rate: !!style?.rate && !!session?.mayRate,
    leave: !!style?.leave,
  };
}

/** Goes to the card that waits for an answer; where none does, asks for one (V-10). */
export function rate({ chat, state: { session, messages } }: Pick<View, 'chat' | 'state'>): void {
  const { open, invitationId } = session!.rating;
  const isIt = (content: (typeof messages)[number]['content']) =>
    content?.type === 'rating' && content.id === invitationId;
  const [card] = open ? messages.filter(({ content }) => isIt(content)).slice(-1) : [];
  const shown = card && document.querySelector(`[data-id="${CSS.escape(card.id)}"]`);
  if (shown) {
    shown.scrollIntoView({ block: 'center' });
    shown.querySelector<HTMLElement>('input,button')?.focus();
  } else chat.wish('rate-wish');
}
