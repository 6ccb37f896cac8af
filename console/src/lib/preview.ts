import type { Session } from '../../../hub/shapes/desk.ts';
import { maybe } from './i18n/index.svelte.ts';

/** One line for the last thing said: its words, or its kind in brackets. */
export function preview(last: Session['last']): string {
  if (!last) return maybe('row.nothing') ?? '';
  if (last.type === 'text' || last.type === 'action') return last.text;
  const kind = maybe(`kind.${last.type}`) ?? last.type;
  return last.text ? `[${kind}] ${last.text}` : `[${kind}]`;
}
