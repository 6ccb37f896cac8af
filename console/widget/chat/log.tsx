import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Bubble } from './bubble.tsx';
import { Icon } from './icons.tsx';
import { isOpen } from './lib/chat.ts';
import { Linked } from './linked.tsx';
import { rowsOf } from './rows.ts';
import { Upload } from './upload.tsx';
import type { View } from './view.ts';
import { fill } from './words/index.ts';
import { Zoom } from './zoom.tsx';

/** This near the end is at the end. Pixels. */
const NEAR = 60;

/** The messages. Stays at the end while one reads there, and where one is when one reads further up. */
export function Log({ view }: { view: View }) {
  const { chat, state, words } = view;
  const [zoom, setZoom] = useState('');
  const [away, setAway] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const was = useRef({ atEnd: true, height: 0, firstId: '', lastId: '', mine: 0 });
  const { messages, pending, uploads } = state;
  const rows = rowsOf(messages, pending, state.session);
  /** V-39: what is said after hours stands where nothing has been said yet. */
  const offHours = !isOpen(state.session) && state.hello?.offHours;

  const toEnd = () => {
    was.current.atEnd = true;
    setAway(0);
    box.current!.scrollTop = box.current!.scrollHeight;
  };
  const scrolled = () => {
    const el = box.current!;
    was.current.atEnd = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR;
    if (was.current.atEnd) setAway(0);
    else if (!away) setAway(-1);
    if (el.scrollTop < 200) chat.older();
  };

  useLayoutEffect(() => {
    const el = box.current!;
    const old = was.current;
    const firstId = messages[0]?.id ?? '';
    const lastId = messages.at(-1)?.id ?? '';
    const mine = pending.filter((item) => item.event.type === 'message').length + uploads.length;
    const grewAbove = old.firstId && firstId !== old.firstId && lastId === old.lastId;
    // Who has just scrolled up stays there, though the browser tells of it only with the next frame.
    const atEnd = old.atEnd && old.height - el.scrollTop - el.clientHeight < NEAR;
    if (grewAbove && !atEnd) el.scrollTop += el.scrollHeight - old.height;
    else if (atEnd || mine > old.mine) toEnd();
    else if (lastId !== old.lastId && messages.at(-1)?.author.type !== 'visitor')
      setAway((count) => Math.max(0, count) + 1);
    was.current = { ...was.current, height: el.scrollHeight, firstId, lastId, mine };
  }, [messages, pending, uploads, state.typing !== null]);

  // Pictures that arrive and keyboards that open move the end.
  useEffect(() => {
    if (!window.ResizeObserver) return;
    const watcher = new ResizeObserver(() => {
      const el = box.current;
      if (!el) return;
      if (was.current.atEnd) el.scrollTop = el.scrollHeight;
      was.current.height = el.scrollHeight;
    });
    watcher.observe(inner.current!);
    watcher.observe(box.current!);
    return () => watcher.disconnect();
  }, []);

  const find = (id: string) => {
    const el = inner.current!.querySelector(`[data-id="${CSS.escape(id)}"]`);
    el?.scrollIntoView({ block: 'center' });
    el?.classList.add('found');
    setTimeout(() => el?.classList.remove('found'), 1600);
  };

  return (
    <div class="wrap">
      <div
        class="log"
        ref={box}
        role="log"
        aria-label={words.log}
        aria-live="polite"
        aria-busy={state.older || state.phase === 'starting'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
        tabIndex={0}
        onScroll={scrolled}
      >
        <div ref={inner}>
          {state.before && (
            <button type="button" class="older" disabled={state.older} onClick={() => chat.older()}>
              {state.older ? <span class="ring" /> : words.older}
            </button>
          )}
          {state.phase === 'starting' && (
            <div class="ghosts" aria-hidden="true">
              <i />
              <i />
              <i />
            </div>
          )}
          {rows.map((row) => (
            <Bubble key={row.key} row={row} view={view} onZoom={setZoom} onFind={find} />
          ))}
          {uploads.map((upload) => (
            <Upload key={upload.id} upload={upload} view={view} />
          ))}
          {state.phase === 'ready' && (offHours || !rows.length) && (
            <div class="hello">
              <Icon name="chat" />
              <p>
                <Linked text={offHours ? offHours.text : words.welcome} />
              </p>
            </div>
          )}
          {state.typing !== null && (
            <div class="row theirs first last typing" aria-hidden="true">
              <span class="face blank" />
              <div class="bubble">
                <span class="dots">
                  <i />
                  <i />
                  <i />
                </span>
              </div>
            </div>
          )}
        </div>
      </div>
      {away !== 0 && (
        <button type="button" class="jump" aria-label={words.jump} onClick={toEnd}>
          {away > 0 && fill(words.fresh, { n: away })}
          <Icon name="down" />
        </button>
      )}
      {zoom && <Zoom url={zoom} words={words} onClose={() => setZoom('')} />}
    </div>
  );
}
