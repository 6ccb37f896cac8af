/** Every code a reason can have, and what it says. The console has a sentence for each, in each language. */
export const REASONS = {
  // The condition of a rule or plan does not hold (core/when.ts).
  connector: 'Another kind of channel; params connector.',
  channel: 'Another channel; params channelId.',
  'tag-any': 'The contact has none of the tags.',
  'tag-all': 'The contact lacks one of the tags; params tagId.',
  'tag-none': 'The contact has a tag that it must not have; params tagId.',
  entry: 'The link or page passed something else, or nothing; params name, value.',
  disabled: 'Switched off.',
  earlier: 'It holds, but an earlier one decided (RT-09); params kind, by (id of the earlier one, if it has one).',

  // A rule, or what stands for one, gives way to the next.
  'entry-none': 'The link or page passed no group.',
  'choice-none': 'The customer chose no group.',
  'channel-none': 'The channel has no group of its own.',
  'group-gone': 'There is no such group; params groupId.',
  'group-empty': 'The group has no members (SG-02); params groupId.',
  'agent-gone': 'There is no such agent; params memberId.',
  'agent-away': 'The agent is not at the desk; params memberId.',
  'agent-busy': 'The agent has no room and there is no queue (Q-09); params memberId.',
  'agent-off-hours': 'The agent is there, but it is not working time (RT-14); params memberId.',
  'back-late': 'The agent who closed did so too long ago (AR-23); params memberId.',
  'policy-unknown': 'There is no such overflow policy; params overflow.',
  'policy-nobody': 'No group of the overflow policy has somebody free.',

  // It decides, and this is what becomes of it. `open` is 1 in working time. A group that stands in for an agent who cannot be
  // waited for has params memberId and instead (his code) as well.
  'agent-there': 'The agent is there; params memberId, open.',
  'group-free': 'Somebody of the group is free; params groupId, open.',
  'group-busy': 'Everybody of the group is busy: the queue; params groupId, waiting, open.',
  'group-nobody': 'Nobody of the group is at the desk; params groupId, open.',
  'group-closed': 'It is not working time for the group; params groupId, open.',
  'to-bot': 'Back to the rules; params open.',
  'to-leave': 'A message is left; params open.',

  // Queue rules (Q-01…Q-06), for the group that was found.
  'queue-off': 'There is no queue and nobody is free: a message is left (Q-09); params groupId.',
  'queue-scope': 'The queue rule is about other groups; params groupId.',
  'queue-room': 'Not so many wait; params groupId, waiting, over.',
  'queue-earlier': 'So many wait, but an earlier queue rule decided (Q-06); params groupId, by.',
  'queue-over': 'So many wait: passed on; params groupId, to, waiting, over.',
  'queue-notice': 'So many wait: admins are told, and he stays; params groupId, waiting, over.',
  'queue-gone':
    'So many wait, but where he would be passed on to is not there, or has no members; params groupId, to, waiting, over.',
  'queue-closed':
    'So many wait, but where he would be passed on to he could not wait: closed, or nobody there; params groupId, to, waiting, over.',
  'queue-circle': 'So many wait, but he has been there already; params groupId, to, waiting, over.',
  'keyword-silent':
    'A keyword found nobody free, or it is not working time: nothing is said and the rules go on (SW-04, SW-06).',

  // How the customer is received (core/plan.ts).
  'plan-first': 'The first plan that holds (CH-07).',
  'mode-link': 'The mode is the one the link passed (CH-08); params mode.',
  'mode-plan': "The mode is the plan's; params mode.",
  'mode-standard': 'No plan holds: the mode is the standard one; params mode.',
  'mode-after-message': 'Nobody is asked for before the customer has said something (CH-09); params mode.',
} as const;

export type ReasonCode = keyof typeof REASONS;
export const REASON_CODES = Object.keys(REASONS) as ReasonCode[];
