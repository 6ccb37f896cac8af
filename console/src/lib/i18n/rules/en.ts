import type { words as chinese } from './zh-CN.ts';

export const words: Record<keyof typeof chinese, string> = {
  'doc.loading': 'Reading the settings',
  'doc.unsaved': 'There are changes that are not saved',
  'doc.leave': 'Leave without saving?',
  'doc.leave.text': 'The changes on this page are not saved and will be lost.',
  'doc.leave.yes': 'Drop the changes',
  'doc.conflict': '{name} saved this page while you were editing ({time})',
  'doc.conflict.text':
    'Your changes are still here and nothing has been overwritten. Put them on top of the other version and save, or look at the other version only.',
  'doc.conflict.mine': 'Keep my changes, on top of theirs',
  'doc.conflict.theirs': 'Drop my changes, show theirs',
  'doc.somebody': 'Somebody',
  'doc.now': 'just now',
  'doc.findings': '{n} notes: some settings will have no effect',
  'doc.findings.errors': '{n} faults to mend before this can be saved',
};
