import { Icon } from './icons.tsx';
import { sizeText } from './lib/files.ts';
import type { Upload as Held } from './lib/uploads.ts';
import type { View } from './view.ts';
import { fill } from './words/index.ts';

/** A file on its way up: how far it is, or why it did not go, in words that say what would. */
export function Upload({ upload, view: { chat, state, words } }: { upload: Held; view: View }) {
  const { id, name, size, code, part, preview } = upload;
  const limits = state.hello?.limits;
  const told =
    code === 'http_413'
      ? 'file_too_large'
      : code === 'http_415'
        ? 'file_type_refused'
        : code === 'http_429'
          ? 'rate_limited'
          : code;
  const why =
    told &&
    fill(told in words ? words[told as keyof typeof words] : words.refused, {
      i: sizeText(limits?.imageBytes ?? 0),
      f: sizeText(limits?.fileBytes ?? 0),
    });
  const hopeless = told && /^file_/.test(told);
  const percent = Math.round(part * 100);
  return (
    <div class="row mine first last">
      <div class="stack">
        <div class="bubble upload">
          {preview ? <img src={preview} alt="" /> : <Icon name="file" />}
          <span>
            <b>{name}</b>
            <small>
              {sizeText(size)}
              {!code && ` · ${percent}%`}
            </small>
            {!code && <progress max={100} value={percent} aria-label={words.sending} />}
          </span>
          {!code && (
            <button
              type="button"
              class="plain"
              title={words.cancel}
              aria-label={`${words.cancel}: ${name}`}
              onClick={() => chat.uploads.cancel(id)}
            >
              <Icon name="close" />
            </button>
          )}
        </div>
        {code && (
          <div class="mark failed" role="alert">
            <span>{why}</span>
            {!hopeless && (
              <button type="button" onClick={() => chat.uploads.retry(id)}>
                {words.retry}
              </button>
            )}
            <button type="button" onClick={() => chat.uploads.cancel(id)}>
              {words.drop1}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
