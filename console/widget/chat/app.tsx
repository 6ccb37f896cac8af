import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Announcement, Leaving, Waiting } from './bars.tsx';
import { Composer, type Field } from './composer.tsx';
import { Ask, Ended, type Question } from './foot.tsx';
import { Header } from './header.tsx';
import { Later } from './later.tsx';
import type { Bridge } from './lib/bridge.ts';
import { type Chat, isOpen } from './lib/chat.ts';
import { paint } from './lib/theme.ts';
import { Log } from './log.tsx';
import type { View } from './view.ts';
import { languageOf, wordsOf } from './words/index.ts';

/** The whole chat: header, bars, messages, and what one can do below them. */
export function App({ chat, bridge, wish }: { chat: Chat; bridge: Bridge | null; wish?: string }) {
  const [state, setState] = useState(chat.state);
  const [asking, setAsking] = useState<Question | null>(null);
  const [dragged, setDragged] = useState(false);
  const field = useRef<Field>(null);
  const style = state.hello?.channel.style;
  const set = style?.language === 'auto' ? undefined : style?.language;
  const language = languageOf(wish, set, ...navigator.languages, state.hello?.channel.language);
  const words = wordsOf(language);
  const view: View = { chat, state, words, language };
  // Somebody may have taken him, or the session ended, while he was asked.
  const asked =
    asking && (asking === 'end' ? isOpen(state.session) : state.session?.state === 'waiting') ? asking : null;
  const title = style?.title || state.hello?.channel.name || words.chat;

  useLayoutEffect(() => chat.listen(() => setState(chat.state)), []);
  useEffect(() => {
    if (asking && !asked) setAsking(null);
  }, [asked]);
  useLayoutEffect(() => style && paint(style), [style]);
  useEffect(() => watch(chat, bridge, () => field.current?.focus()), []);
  useEffect(() => bridge?.say({ type: 'unread', count: state.unread }), [state.unread]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = state.unread && !bridge ? `(${state.unread}) ${title}` : title;
  }, [language, title, state.unread]);
  useEffect(() => {
    const leave = (event: KeyboardEvent) =>
      event.key === 'Escape' && !event.defaultPrevented && bridge?.say({ type: 'close' });
    addEventListener('keydown', leave);
    return () => removeEventListener('keydown', leave);
  }, []);

  const drop = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDragged(true);
    },
    onDragLeave: (event: DragEvent) => event.relatedTarget || setDragged(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setDragged(false);
      if (state.hello && !state.ended) chat.uploads.add(event.dataTransfer?.files ?? [], state.hello.limits);
    },
  };

  if (state.phase === 'gone' || state.phase === 'refused')
    return (
      <main class="chat empty">
        <p>{words[state.phase === 'gone' ? 'gone' : 'refusedHere']}</p>
      </main>
    );
  return (
    <main class={`chat ${bridge ? 'framed' : 'page'}`} {...drop}>
      <Header
        view={view}
        title={title}
        onEnd={() => setAsking('end')}
        onClose={bridge ? () => bridge.say({ type: 'close' }) : undefined}
      />
      <Announcement text={style?.announcement} close={words.close} />
      <Waiting view={view} onLeave={() => setAsking('leave-queue')} />
      <Leaving view={view} />
      {!state.online && (
        <p class="bar offline" role="status">
          {words.offline}
        </p>
      )}
      <Log view={view} />
      {asked ? (
        <Ask view={view} what={asked} onDone={() => setAsking(null)} />
      ) : state.ended ? (
        <Ended view={view} />
      ) : (
        <Composer view={view} field={field} />
      )}
      {state.leaving && <Later words={words}>{({ LeaveForm }) => <LeaveForm view={view} />}</Later>}
      {dragged && <div class="drop">{words.drop}</div>}
    </main>
  );
}

/** Visible is: this tab is in front, and the window is open. */
function watch(chat: Chat, bridge: Bridge | null, focus: () => void) {
  let shown = true;
  const tell = () => chat.look(shown && !document.hidden);
  document.addEventListener('visibilitychange', tell);
  bridge?.hear((said) => {
    shown = said.type === 'shown';
    tell();
    if (said.type === 'shown' && said.focus) focus();
  });
  tell();
}
