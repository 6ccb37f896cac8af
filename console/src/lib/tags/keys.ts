import type { Step } from './moves.ts';
import type { Spot } from './tree.ts';

/** What a key means in the tree, as trees everywhere take it; with Shift an arrow carries the tag along. */
export type Act =
  | { act: 'go'; id: string }
  | { act: 'fold'; open: boolean }
  | { act: 'step'; step: Step }
  | { act: 'rename' }
  | { act: 'remove' }
  | { act: 'add' }
  | { act: 'add-under' }
  | { act: 'type'; letter: string };

export interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}
const STEPS: Partial<Record<string, Step>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'out', ArrowRight: 'in' };

/** `rows` as they are shown, `at` the place of the one with the focus. Null: nothing of ours. */
export function actOf(event: Key, rows: readonly Spot[], at: number, isOpen: (id: string) => boolean): Act | null {
  const row = rows[at];
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return null;
  const { tag, parent } = row;
  const go = (to: number): Act => ({ act: 'go', id: (rows[Math.max(0, Math.min(rows.length - 1, to))] ?? row).tag.id });
  const step = STEPS[event.key];
  if (step && event.shiftKey) return { act: 'step', step };
  switch (event.key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      if (!tag.children.length) return go(at);
      return isOpen(tag.id) ? go(at + 1) : { act: 'fold', open: true };
    case 'ArrowLeft':
      if (tag.children.length && isOpen(tag.id)) return { act: 'fold', open: false };
      return { act: 'go', id: (parent ?? tag).id };
    case 'Enter':
    case 'F2':
      return { act: 'rename' };
    case 'Insert':
      return { act: event.shiftKey ? 'add-under' : 'add' };
    case 'Delete':
    case 'Backspace':
      return { act: 'remove' };
    default:
      return event.key.length === 1 && event.key !== ' ' ? { act: 'type', letter: event.key } : null;
  }
}

/** The next row whose name begins with what was typed; from the one after `at` where a new word begins. */
export function typedTo(rows: readonly Spot[], at: number, typed: string): string | undefined {
  const from = typed.length > 1 ? at : at + 1;
  const order = [...rows.slice(from), ...rows.slice(0, from)];
  return order.find((row) => row.tag.name.toLowerCase().startsWith(typed.toLowerCase()))?.tag.id;
}
