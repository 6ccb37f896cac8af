import { useEffect, useRef } from 'preact/hooks';
import type { View } from './view.ts';

/** In place of the composer: the question whether to end (`ask` takes it away), or the way back after the end (V-06, V-11). */
export function Foot({ view: { chat, words }, ask }: { view: View; ask?: () => void }) {
  const first = useRef<HTMLButtonElement>(null);
  // A question takes the focus; the end of a conversation does not tear anybody out of reading.
  useEffect(() => {
    if (ask) first.current?.focus();
  }, [!ask]);
  const end = () => {
    ask?.();
    chat.wish('end');
  };
  return (
    <div class="foot" {...(ask ? { role: 'alertdialog', 'aria-label': words.endAsk } : { role: 'status' })}>
      <p>{ask ? words.endAsk : words.ended}</p>
      <div>
        {ask && (
          <button type="button" class="second" onClick={ask}>
            {words.no}
          </button>
        )}
        <button
          type="button"
          class={ask ? 'danger' : 'first'}
          ref={first}
          onClick={ask ? end : () => chat.wish('enter')}
        >
          {ask ? words.yes : words.again}
        </button>
      </div>
    </div>
  );
}
