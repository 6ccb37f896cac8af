import type { words as chinese } from './zh-CN.ts';

export const words: Record<keyof typeof chinese, string> = {
  'tags.session': 'Session tags',
  'tags.contact': 'Contact tags',
  'tags.search': 'Search tags',
  'tags.choose': 'Choose tags',
  'tags.done': 'Done',
  'tags.remove': 'Remove tag “{name}”',
  'tags.under': 'Below “{name}”',
  'tags.single': 'one only',
  'tags.none.session': 'No session tags yet. An admin adds them in Settings › Tags.',
  'tags.none.contact': 'No contact tags yet. An admin adds them in Settings › Tags.',
  'tags.none.found': 'No such tag',
  'tags.more': '{n} more; type on to narrow it down',
};
