import { Face } from './face.tsx';
import { Icon } from './icons.tsx';
import { isOpen } from './lib/chat.ts';
import type { View } from './view.ts';

interface Props {
  view: View;
  title: string;
  onEnd(): void;
  onClose?: () => void;
}

/** Who one is talking to: the bot, then the agent, and the company before and after (V-14, V-26). */
export function Header({ view: { state, words }, title, onEnd, onClose }: Props) {
  const { session, hello, typing } = state;
  const style = hello?.channel.style;
  const bot =
    session?.state === 'bot'
      ? state.messages.filter((message) => message.author.type === 'bot').at(-1)?.author
      : undefined;
  const who = session?.state === 'serving' && session.agent ? session.agent : bot?.name ? bot : undefined;
  const name = who?.name || (isOpen(session) && session?.speaker) || title;
  const status = session?.state === 'serving' ? session.agent?.status : undefined;
  return (
    <header>
      <Face
        url={who ? who.avatar : style?.logo}
        name={name}
        icon={bot ? 'bot' : session?.state === 'serving' ? 'person' : 'chat'}
        lit={status === 'online'}
      />
      <div class="who">
        <h1>{name}</h1>
        <p>
          {typing !== null ? (
            <>
              <span class="dots">
                <i />
                <i />
                <i />
              </span>
              {words.typing}
            </>
          ) : status === 'busy' || status === 'away' ? (
            words[status]
          ) : who && name !== title ? (
            title
          ) : state.phase === 'starting' ? (
            words.starting
          ) : (
            ''
          )}
        </p>
      </div>
      {style?.end && isOpen(session) && (
        <button type="button" class="plain" title={words.end} aria-label={words.end} onClick={onEnd}>
          <Icon name="power" />
        </button>
      )}
      {onClose && (
        <button type="button" class="plain" title={words.close} aria-label={words.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
