import type { RefObject } from 'preact';
import { useEffect, useImperativeHandle, useRef, useState } from 'preact/hooks';
import { Emoji } from './emoji.tsx';
import { Icon } from './icons.tsx';
import { gist } from './lib/gist.ts';
import { offersOf } from './offers.ts';
import { Shortcuts, Tools } from './tools.tsx';
import type { View } from './view.ts';

export interface Field {
  focus(): void;
}

/**
 * Where the visitor writes, from the first moment on: the outbox waits for the hub, people need not. Enter sends, Shift+Enter breaks
 * the line, and an Enter that ends a composition does neither.
 */
export function Composer({ view, field }: { view: View; field: RefObject<Field | null> }) {
  const { chat, state, words } = view;
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(chat.draft);
  const [emoji, setEmoji] = useState(false);
  const offers = offersOf(state);

  // A phone's keyboard comes when the person asks for it, not when the window opens.
  useImperativeHandle(
    field,
    () => ({ focus: () => matchMedia('(pointer:coarse)').matches || area.current?.focus() }),
    [],
  );
  useEffect(() => {
    const el = area.current;
    if (!el) return;
    el.style.height = 'auto';
    el.style.height = `${Math.min(132, el.scrollHeight)}px`;
  }, [text]);
  useEffect(() => {
    if (state.quoted) area.current?.focus();
  }, [state.quoted]);

  const write = (next: string) => {
    setText((chat.draft = next));
    if (next) chat.typing();
  };
  const send = () => {
    if (!text.trim()) return;
    chat.send(text);
    write('');
    area.current?.focus();
  };
  const add = (list?: FileList | null) =>
    list?.length && state.hello && chat.uploads.add(Array.from(list), state.hello.limits);
  const insert = (what: string) => {
    const at = area.current!;
    at.setRangeText(what, at.selectionStart, at.selectionEnd, 'end');
    write(at.value);
  };

  return (
    <footer class="composer">
      <Shortcuts view={view} offers={offers} />
      {state.quoted && (
        <div class="quoting">
          <Icon name="reply" />
          <span>{gist(state.quoted.content, words)}</span>
          <button type="button" class="plain" aria-label={words.unquote} onClick={() => chat.quote(null)}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {emoji && (
        <Emoji
          label={words.emoji}
          onPick={insert}
          onClose={() => {
            setEmoji(false);
            area.current?.focus();
          }}
        />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          ref={area}
          rows={1}
          value={text}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          enterkeyhint="send"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
            event.preventDefault();
            send();
          }}
          onPaste={(event) => add(event.clipboardData?.files) && event.preventDefault()}
        />
        <Tools view={view} offers={offers} emoji={emoji} onEmoji={() => setEmoji(!emoji)} onFiles={add} />
        <button type="submit" class="send" disabled={!text.trim()} title={words.send} aria-label={words.send}>
          <Icon name="send" />
        </button>
      </form>
    </footer>
  );
}
