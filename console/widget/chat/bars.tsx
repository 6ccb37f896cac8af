import { useState } from 'preact/hooks';
import { Icon } from './icons.tsx';
import { Linked } from './linked.tsx';
import type { View } from './view.ts';
import { fill } from './words/index.ts';

/** What the company wants everybody to know (V-01). */
export function Announcement({ text, close }: { text?: string; close: string }) {
  const [shut, setShut] = useState(false);
  if (!text || shut) return null;
  return (
    <div class="bar news" role="note">
      <Icon name="horn" />
      <span>
        <Linked text={text} />
      </span>
      <button type="button" class="plain" aria-label={close} onClick={() => setShut(true)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** The visitor's place in the queue, and the way out of it (V-08). */
export function Waiting({ view: { chat, state, words } }: { view: View }) {
  if (state.session?.state !== 'waiting') return null;
  const { position } = state.session;
  return (
    <div class="bar queue" role="status">
      <span class="ring" />
      <span>
        <b>{words.waiting}</b>
        {position !== null && <small>{position > 1 ? fill(words.position, { n: position - 1 }) : words.next}</small>}
      </span>
      <button type="button" class="small" onClick={() => chat.wish('leave-queue')}>
        {words.leave}
      </button>
    </div>
  );
}
