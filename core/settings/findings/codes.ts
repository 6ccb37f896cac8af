/** What is refused: nothing with one of these is saved. */
const ERRORS = {
  'duplicate-id': 'Two entries of one list have one id; params first (position).',
  'name-twice': 'Two entries of one list have one name, so a file or a link could not tell them apart; params name.',
  'row-twice': 'The row for the group of the link, or for the group chosen, is there twice; params kind.',
  'level-tag-twice': 'A tag stands in two places of the levels; params level (from 1) of the first.',
  'period-order': 'A period ends before it begins; params from, to.',
  'periods-overlap': 'Two periods of one day overlap; params from, to of the other.',
  'holiday-order': 'A holiday ends before it begins; params from, to.',
  'workday-twice': 'One day is written down as a working day twice; params date.',
  'tags-deep': 'A session tag stands deeper than ten levels; params most.',
  'tags-first': 'More than thirty session tags of the first level; params count, most.',
  'tags-many': 'More than a thousand session tags; params count, most.',
  'tag-name-twice': 'Two tags side by side have one name; params name.',
} as const;

/** What is saved, and does nothing or not what it says. */
const WARNINGS = {
  // Conditions of rules and plans.
  'never-tags': 'The condition asks for a tag and for its absence; params tagId.',
  'never-single': 'The condition asks for two tags of a group that allows one; params group.',
  'never-entry': 'The condition asks for two values of one parameter; params name.',
  'never-channel': 'No channel of the condition is of a kind that it names.',
  // reception
  'plan-shadowed': 'An earlier plan takes all its customers; params by, name, position (from 1) of that plan.',
  'fallback-silent': 'The rules never answer, so their last words are never said.',
  // routing
  'rule-shadowed': 'An earlier rule takes all its customers; params by, name, position.',
  'row-shadowed':
    'A rule about everybody stands before it, so the group of the link (or of the menu) is not asked; params kind, by, name, position.',
  'row-missing': 'The row is not there: groups of links (or of menus) count for nothing; params kind.',
  'off-never': 'There is no time plan, so there are no hours after hours.',
  'bot-silent': 'Customers are sent to the rules, which never answer.',
  // queues
  'queue-shadowed': 'Earlier queue rules always decide before it; params by, name, position.',
  'queue-overlaps':
    'Another queue rule is about the same groups; the first whose number is reached decides; params by, name, position.',
  'overflow-self': 'The groups it is about are the one it passes on to.',
  'overflow-circle': 'Customers would be passed round; who has been in a queue is not sent back to it; params groupId.',
  'queue-idle': 'The rule neither passes on nor tells anybody.',
  'queue-off': 'There is no queue, so its rules count for nothing.',
  'queue-off-waits': 'There is no queue, yet reception lets customers wait where nobody is there; params setting.',
  'policy-group-twice': 'A group stands in the policy twice; params groupId.',
  // matching
  'hold-too-long': 'Waiting ends before the hold for a named agent does; params hold, over.',
  // hours
  'holidays-overlap': 'A day is in two holidays; params from, to of the other.',
  'workday-in-holiday': 'A working day lies in a holiday; it is worked; params from, to of the holiday.',
  'never-open': 'No period at all: it is never working time.',
  // texts
  'menu-empty': 'The menu is switched on and has nothing to choose.',
  'menu-twice': 'Two items read alike; params text.',
  'menu-number': 'An item reads as the number of another; params text.',
  placeholder: 'Nothing is put in for this; params name.',
  // timers
  'wait-reminders-cut': 'Waiting ends before the last reminder; params come, times.',
  'silence-cut': 'Inactivity ends the session before the last reminder to the customer; params come, times.',
  'silence-day': 'A day of silence ends the session before the last reminder to the customer; params come, times.',
  'silence-never': "Inactivity always ends the session before the customer's silence does; params silence, inactive.",
  'reminder-unsaid': 'There are no reminders, so their text is never said.',
  'alarm-mute': "The agent's silence is watched and nothing follows from it.",
  // transfers
  'answer-too-late': 'Inactivity may end the session before a colleague has to answer; params answer, inactive.',
  // ratings
  'window-endless': 'The invitation never closes: where it is a numbered menu, any later number is a rating.',
  'least-zero': 'The least numbers are zero on both sides.',
  'least-unused': 'Nobody is invited by himself, so the least numbers count for nothing.',
  'option-twice': 'Two stars have the same words; params text.',
  'option-number': 'The words of a star are the number of another; params text.',
  'option-tag-twice': 'A star has one tag twice; params text.',
  'resolved-same': 'Yes and no have the same words; params text.',
} as const;

/** Every code a finding can have, and what it says. The console has a sentence for each, in each language. */
export const FINDINGS = { ...ERRORS, ...WARNINGS } as const;
export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[];

/** A code always weighs the same. */
export const levelOfFinding = (code: FindingCode): 'error' | 'warning' =>
  Object.hasOwn(ERRORS, code) ? 'error' : 'warning';
