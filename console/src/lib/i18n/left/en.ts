import type { words as chinese } from './zh-CN.ts';

export const words: Record<keyof typeof chinese, string> = {
  'nav.left.open': 'Messages left, {n} to take on',
  'nav.left': 'Messages left',
  'left.text': 'What customers left when nobody was there. Mark them as done once you have seen to them.',
  'left.states': 'Filter by state',
  'left.state.all': 'All',
  'left.state.open': 'Open',
  'left.state.working': 'In work',
  'left.state.done': 'Done',
  'left.state.of': 'Message of {name}: state',
  'left.assignee.of': 'Message of {name}: who sees to it',
  'left.nobody': 'Nobody yet',
  'left.take': 'I will see to it',
  'left.done': 'Mark as done',
  'left.again': 'Open again',
  'left.session': 'See the conversation',
  'left.refresh': 'Refresh',
  'left.more': 'Show more',
  'left.none': 'No messages',
  'left.none.text':
    'Customers leave messages after hours, when nobody is online or everybody is busy. When they are asked to is set under Settings › Reception.',
  'left.none.state': 'No messages in this state',
  'left.form.name': 'Name',
  'left.form.phone': 'Phone',
  'left.form.email': 'Email',
};
