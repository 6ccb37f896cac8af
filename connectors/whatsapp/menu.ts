import type { Sendable } from '../../core/message.ts';
import { cut } from '../lib/text.ts';
import { MAX } from './limits.ts';

type Menu = Extract<Sendable, { type: 'menu' }>;

/**
 * A question with choices: buttons while they are few, short and different, else a list whose rows tell below what their
 * titles have no room for. A long footer becomes part of the words.
 */
export function menu({ text, options, footer }: Menu): Record<string, unknown> {
  const long = footer !== undefined && footer.length > MAX.footer;
  const common = {
    body: { text: cut(long ? `${text}\n\n${footer}` : text, MAX.body) },
    ...(footer && !long && { footer: { text: footer } }),
  };
  if (areButtons(options)) {
    const buttons = options.map(({ id, text: title }) => ({ type: 'reply', reply: { id: cut(id, MAX.id), title } }));
    return { type: 'button', ...common, action: { buttons } };
  }
  const rows = options.map((option) => ({
    id: cut(option.id, MAX.id),
    title: cut(option.text, MAX.row),
    ...(option.text.length > MAX.row && { description: cut(option.text, MAX.rowText) }),
  }));
  return { type: 'list', ...common, action: { button: '请选择 Choose', sections: [{ rows }] } };
}

function areButtons(options: Menu['options']): boolean {
  const titles = new Set(options.map(({ text }) => text));
  return (
    options.length <= MAX.buttons &&
    titles.size === options.length &&
    options.every(({ text }) => text.length <= MAX.button)
  );
}
