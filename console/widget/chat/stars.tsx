import type { Rating } from '../../../core/message.ts';
import { fill } from './words/index.ts';

type Option = Rating['options'][number];
const STAR = 'M12 2.8l2.8 5.9 6.4.8-4.7 4.5 1.2 6.4-5.7-3.1-5.7 3.1 1.2-6.4L2.8 9.5l6.4-.8z';

interface Props {
  name: string;
  /** The lowest first. */
  options: readonly Option[];
  value: number;
  guide: string;
  /** `{n} of 5 stars`. */
  label: string;
  onPick(stars: number): void;
}

/** Five radio buttons that look like stars: arrows, clicks and taps work as everywhere, and each says its own text. */
export function Stars({ name, options, value, guide, label, onPick }: Props) {
  return (
    <fieldset class="stars">
      <legend>{guide}</legend>
      <div>
        {options.map(({ stars, text }) => (
          <label key={stars} class={stars <= value ? 'lit' : ''} title={text}>
            <input type="radio" name={name} checked={stars === value} onChange={() => onPick(stars)} />
            <Star />
            <span class="hear">{`${fill(label, { n: stars })}: ${text}`}</span>
          </label>
        ))}
      </div>
      <p aria-hidden="true">{options.find(({ stars }) => stars === value)?.text ?? ''}</p>
    </fieldset>
  );
}

/** What was given, to look at. */
export function Given({ value, label }: { value: number; label: string }) {
  return (
    <div class="stars given" role="img" aria-label={fill(label, { n: value })}>
      <div>
        {[1, 2, 3, 4, 5].map((stars) => (
          <span key={stars} class={stars <= value ? 'lit' : ''}>
            <Star />
          </span>
        ))}
      </div>
    </div>
  );
}

function Star() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={STAR} />
    </svg>
  );
}
