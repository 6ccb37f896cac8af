import { numberIn } from '../../menu.ts';
import { type Notes, plain, repeats } from './notes.ts';

/** CS-01…CS-12. */
export function ratings(at: Notes): void {
  const { autoInvite, least, valid, resolved, options } = at.settings.ratings;
  if (valid === null) at.add(['valid'], 'window-endless');
  if (least.on && !autoInvite) at.add(['least'], 'least-unused');
  else if (least.on && !least.visitor && !least.agent) at.add(['least'], 'least-zero');
  for (const { n, value } of repeats(options.map(({ text }) => plain(text))))
    at.add(['options', n, 'text'], 'option-twice', { text: value });
  for (const [n, { text, tags }] of options.entries()) {
    const number = numberIn(text);
    if (number !== null && number !== n + 1) at.add(['options', n, 'text'], 'option-number', { text });
    for (const { n: k, value } of repeats(tags.map(plain)))
      at.add(['options', n, 'tags', k], 'option-tag-twice', { text: value });
  }
  if (resolved.on && resolved.yes.trim() && plain(resolved.yes) === plain(resolved.no))
    at.add(['resolved', 'no'], 'resolved-same', { text: resolved.no });
}
