import { Component } from 'preact';
import { Body } from './body.tsx';
import { isPicture } from './content.ts';
import { Face } from './face.tsx';
import { Icon } from './icons.tsx';
import { timeText } from './lib/times.ts';
import { Linked } from './linked.tsx';
import type { Row } from './rows.ts';
import type { View } from './view.ts';

interface Props {
  row: Row;
  view: View;
  onZoom(url: string): void;
  onFind(id: string): void;
}

/** One message. Drawn again only when something that it shows has changed: a long history stays cheap. */
export class Bubble extends Component<Props> {
  override shouldComponentUpdate({ row, view }: Props) {
    const old = this.props.row;
    return (
      old.message !== row.message ||
      old.item !== row.item ||
      old.mark !== row.mark ||
      old.first !== row.first ||
      old.last !== row.last ||
      old.time !== row.time ||
      old.stand !== row.stand ||
      this.props.view.words !== view.words
    );
  }

  override render({ row, view, onZoom, onFind }: Props) {
    const { message, side, first, last, item } = row;
    const { words, chat } = view;
    const { author, content, quote } = message;
    const name = author.name || words[author.type === 'bot' ? 'bot' : 'service'];
    const said = message.recalled || !content;
    const time = row.time && <div class="time">{timeText(Date.parse(message.at), view.language, words)}</div>;
    if (side === 'house' || said) {
      return (
        <>
          {time}
          <div class={`house${said || content.type === 'text' ? '' : ' panel'}`} data-id={message.id}>
            {said ? (
              words.recalled
            ) : content.type === 'text' ? (
              <Linked text={content.text} />
            ) : (
              <Body content={content} view={view} stand={row.stand} onZoom={onZoom} />
            )}
          </div>
        </>
      );
    }
    return (
      <>
        {time}
        <div class={`row ${side}${first ? ' first' : ''}${last ? ' last' : ''}`} data-id={message.id}>
          {side === 'theirs' &&
            (last ? (
              <Face url={author.avatar} icon={author.type === 'bot' ? 'bot' : 'person'} />
            ) : (
              <span class="face blank" />
            ))}
          <div class="stack">
            {side === 'theirs' && first ? (
              <div class="name">{name}</div>
            ) : (
              <span class="hear">{side === 'mine' ? words.you : name}</span>
            )}
            <div class="line">
              <div class={`bubble${isPicture(content) && !quote ? ' edge' : ''}`}>
                {quote && (
                  <button type="button" class="quote" onClick={() => onFind(quote.id)}>
                    {quote.author && <b>{quote.author}</b>}
                    <span>{quote.text}</span>
                  </button>
                )}
                <Body content={content} view={view} stand={row.stand} onZoom={onZoom} />
              </div>
              {!item && content.type !== 'action' && (
                <button
                  type="button"
                  class="plain act"
                  title={words.quote}
                  aria-label={words.quote}
                  onClick={() => chat.quote(message)}
                >
                  <Icon name="reply" />
                </button>
              )}
            </div>
            {row.mark && row.mark !== 'failed' && <div class="mark">{words[row.mark]}</div>}
            {row.mark === 'failed' && <Failed row={row} view={view} />}
          </div>
        </div>
      </>
    );
  }
}

/** Why it was not sent, and what one can do. */
function Failed({ row, view: { chat, words } }: { row: Row; view: View }) {
  const { item } = row;
  const code = item?.code ?? '';
  return (
    <div class="mark failed">
      <span>{code === 'stale' || code === 'rate_limited' ? words[code] : words.failed}</span>
      {item && (
        <button type="button" onClick={() => chat.retry(item.id)}>
          {words.retry}
        </button>
      )}
      {item && (
        <button type="button" onClick={() => chat.drop(item.id)}>
          {words.drop1}
        </button>
      )}
    </div>
  );
}
