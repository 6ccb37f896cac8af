import { useEffect, useRef, useState } from 'preact/hooks';
import { COMMENT } from '../../../core/form.ts';
import type { Rating } from '../../../core/message.ts';
import { useSent } from './lib/sent.ts';
import type { Stand } from './rows.ts';
import { Given, Stars } from './stars.tsx';
import type { View } from './view.ts';
import { formWords } from './words/forms/index.ts';

/** The hub says what became of an answer with the session; when it says nothing for so long, it is asked. Milliseconds. */
const PATIENCE = 5000;

interface Props {
  content: Rating;
  stand: Stand | undefined;
  view: View;
}

/** An invitation to rate (V-28): stars, then the tags of that star, whether it was solved, and words; or what became of it. */
export function RatingCard({ content, stand, view: { chat, language, words: common } }: Props) {
  const words = formWords[language];
  const options = content.options.slice().sort((a, b) => a.stars - b.stars);
  const [stars, setStars] = useState(0);
  const [tags, setTags] = useState<string[]>([]);
  const [resolved, setResolved] = useState<boolean | null>(null);
  const [comment, setComment] = useState('');
  const [wrong, setWrong] = useState('');
  const [id, setId] = useState<string | null>(null);
  const [changing, setChanging] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const now = useRef(stand);
  now.current = stand;
  const sent = useSent(chat, id);
  const chosen = options.find((option) => option.stars === stars);

  const failed = (why: string) => {
    setId(null);
    setWrong(why);
  };
  useEffect(() => {
    if (sent === 'refused') failed(common.refused);
    if (sent !== 'taken') return;
    // The hub has it; whether it counts, the session tells. Where one was given before, the card looks the same either way.
    if (stand === 'open') {
      const timer = setTimeout(async () => {
        await chat.ask();
        if (now.current === 'open') failed(words.rateLost);
      }, PATIENCE);
      return () => clearTimeout(timer);
    }
    if (stand !== 'over') chat.given(content.id, stars);
    setId(null);
    setChanging(false);
    box.current?.focus();
  }, [sent, stand]);

  const send = () => {
    if (chosen?.tags.length && !tags.length) return setWrong(words.tagsNeeded);
    setWrong('');
    setId(chat.rate({ invitationId: content.id, stars, tags, resolved, comment: comment.trim() || null }));
  };

  if (stand === 'over' || stand === 'rated' || (stand === 'again' && !changing)) {
    const value = chat.given(content.id);
    // Of an earlier session nothing is told any more: what this page gave it remembers itself.
    const over = stand === 'over' && !value;
    return (
      <div class="rating" tabIndex={-1} ref={box} role="status">
        <p>{over ? content.text : words.rated}</p>
        {value > 0 && <Given value={value} label={words.stars} />}
        {over && <p class="quiet">{words.rateOver}</p>}
        {stand === 'again' && (
          <button type="button" class="small" onClick={() => setChanging(true)}>
            {words.rateAgain}
          </button>
        )}
      </div>
    );
  }
  const busy = id !== null;
  return (
    <div class="rating" tabIndex={-1} ref={box}>
      <form
        aria-label={words.rateTitle}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stars
          name={content.id}
          options={options}
          value={stars}
          guide={content.text}
          label={words.stars}
          onPick={(picked) => {
            setStars(picked);
            setTags([]);
            setWrong('');
          }}
        />
        {chosen && (
          <>
            {chosen.tags.length > 0 && (
              <Choices
                type="checkbox"
                legend={words.tags}
                options={chosen.tags}
                chosen={tags}
                onChange={(tag, on) => {
                  setTags(on ? [...tags, tag] : tags.filter((one) => one !== tag));
                  setWrong('');
                }}
              />
            )}
            {content.resolved && (
              <Choices
                type="radio"
                legend={content.resolved.text}
                options={[content.resolved.yes, content.resolved.no]}
                chosen={resolved === null ? [] : [resolved ? content.resolved.yes : content.resolved.no]}
                onChange={(answer) => setResolved(answer === content.resolved!.yes)}
              />
            )}
            <textarea
              rows={2}
              maxLength={COMMENT}
              value={comment}
              placeholder={words.comment}
              aria-label={words.comment}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
            {wrong && (
              <p class="wrong" role="alert">
                {wrong}
              </p>
            )}
            <button type="submit" class="first" disabled={busy}>
              {busy ? common.sending : words.rateSend}
            </button>
          </>
        )}
      </form>
    </div>
  );
}

interface ChoicesProps {
  type: 'checkbox' | 'radio';
  legend: string;
  options: readonly string[];
  chosen: readonly string[];
  onChange(option: string, on: boolean): void;
}

function Choices({ type, legend, options, chosen, onChange }: ChoicesProps) {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type={type}
            name={legend}
            checked={chosen.includes(option)}
            onChange={(event) => onChange(option, event.currentTarget.checked)}
          />
          <span>{option}</span>
        </label>
      ))}
    </fieldset>
  );
}
