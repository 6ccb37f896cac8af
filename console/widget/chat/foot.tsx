import { useLayoutEffect, useRef } from 'preact/hooks';
import type { View } from './view.ts';

export type Question = 'end' | 'leave-queue';

/** In place of the composer: whether to end (V-11) or to leave the queue (V-08). Takes the focus, and Escape is no. */
export function Ask({ view: { chat, words }, what, onDone }: { view: View; what: Question; onDone(): void }) {
  const first = useRef<HTMLButtonElement>(null);
  // At once: Escape pressed right after must find it.
  useLayoutEffect(() => first.current?.focus(), [what]);
  const [question, yes, no] =
    what === 'end' ? [words.endAsk, words.yes, words.no] : [words.leaveAsk, words.leave, words.leaveNo];
  return (
    <div
      class="foot"
      role="alertdialog"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <p>{question}</p>
      <div>
        <button type="button" class="second" onClick={onDone}>
          {no}
        </button>
        <button
          type="button"
          class="danger"
          ref={first}
          onClick={() => {
            onDone();
            chat.wish(what);
          }}
        >
          {yes}
        </button>
      </div>
    </div>
  );
}

/** In place of the composer after the end: the way back (V-06), and a message instead (V-09). */
export function Ended({ view: { chat, state, words } }: { view: View }) {
  return (
    <div class="foot" role="status">
      <p>{words.ended}</p>
      <div>
        {state.hello?.channel.style.leave && (
          <button type="button" class="second" onClick={() => chat.leaving(true)}>
            {words.message}
          </button>
        )}
        <button type="button" class="first" onClick={() => chat.wish('enter')}>
          {words.again}
        </button>
      </div>
    </div>
  );
}
