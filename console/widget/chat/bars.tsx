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

/** How long it will be, in the unit people count it in. */
export function waitText(seconds: number, words: View['words']): string {
  if (seconds < 60) return words.soon;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? fill(words.minutes, { n: minutes }) : fill(words.hours, { n: Math.round(minutes / 60) });
}

/** The visitor's place in the queue, how long it may be, a message instead (V-09), and the way out of it (V-08). */
export function Waiting({ view: { chat, state, words }, onLeave }: { view: View; onLeave(): void }) {
  if (state.session?.state !== 'waiting') return null;
  const { queue, mayLeave } = state.session;
  const told = [
    queue?.position && (queue.position > 1 ? fill(words.position, { n: queue.position - 1 }) : words.next),
    typeof queue?.seconds === 'number' && waitText(queue.seconds, words),
  ].filter(Boolean);
  return (
    <div class="bar queue">
      <span class="ring" />
      <span role="status">
        <b>{words.waiting}</b>
        {told.length > 0 && <small>{told.join(' · ')}</small>}
      </span>
      {mayLeave && (
        <button type="button" class="small" onClick={() => chat.leaving(true)}>
          {words.message}
        </button>
      )}
      <button type="button" class="small" onClick={onLeave}>
        {words.leave}
      </button>
    </div>
  );
}

/** The house has asked for a message: what is written now is one, and here is the form for it. */
export function Leaving({ view: { chat, state, words } }: { view: View }) {
  if (!state.session?.leaving || state.session.state === 'closed' || !state.session.mayLeave) return null;
  return (
    <div class="bar">
      <Icon name="mail" />
      <span role="status">{words.messageBar}</span>
      <button type="button" class="small" onClick={() => chat.leaving(true)}>
        {words.messageWrite}
      </button>
    </div>
  );
}
