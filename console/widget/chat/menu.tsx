import type { ContentOf } from './content.ts';
import { Linked } from './linked.tsx';
import { leads, type Stand } from './rows.ts';
import type { View } from './view.ts';

interface Props {
  content: ContentOf<'menu'>;
  stand?: Stand;
  view: View;
}

/**
 * Choices to tap. Those of the house's own that lead nowhere any more are shut (AR-11); the ways out of a queue (SS-20, V-08)
 * go with it.
 */
export function Menu({ content, stand, view: { chat, state } }: Props) {
  const choose = (id: string, text: string) => (id === 'haina:leave' ? chat.leaving(true) : chat.choose(id, text));
  const mayLeave = state.hello?.channel.style.leave;
  const gone = (id: string) =>
    (id === 'haina:leave' && !mayLeave) || (/^haina:(leave|quit)$/.test(id) && !leads(id, stand));
  return (
    <div class="menu">
      <p class="text">
        <Linked text={content.text} />
      </p>
      {content.options.map(
        ({ id, text }) =>
          !gone(id) && (
            <button key={id} type="button" disabled={!leads(id, stand)} onClick={() => choose(id, text)}>
              {text}
            </button>
          ),
      )}
      {content.footer && <p class="text quiet">{content.footer}</p>}
    </div>
  );
}
