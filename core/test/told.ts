import type { Step } from '../step.ts';

/** A step as one short line, so that a whole answer is read at a glance. */
export const told = (steps: readonly Step[]): string[] => steps.map(line);

function line(step: Step): string {
  switch (step.do) {
    case 'say': {
      const { content } = step;
      const options = content.type === 'menu' ? ` [${content.options.map(({ text }) => text).join(' | ')}]` : '';
      const words = content.type === 'text' || content.type === 'menu' ? content.text : content.type;
      return `${step.as}: ${words}${options}`;
    }
    case 'wait':
      return `wait ${step.groupId}${step.wanted ? ` for ${step.wanted.agentId}` : ''}`;
    case 'close':
      return `close ${step.by}`;
    case 'alert':
      return `alert ${step.kind} ${step.words.join()}`;
    case 'reach':
      return `reach ${step.reachable}`;
    case 'receipt':
      return `receipt ${step.state} ${step.seq ?? step.messageIds?.join()}`;
    case 'leaving':
      return `leaving ${step.on}`;
    case 'leave-message':
      return `left ${step.groupId}: ${step.text}`;
    case 'rate':
      return `rate ${step.stars} for ${step.invitationId}`;
    case 'invite':
      return `invite ${step.id} by ${step.by}`;
    default:
      return step.do;
  }
}
