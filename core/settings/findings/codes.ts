/** Every code a finding can have, and what it says. The console has a sentence for each, in each language. */
export const FINDINGS = {
  'duplicate-id': 'Two entries of the document have one id.',
} as const;

export type FindingCode = keyof typeof FINDINGS;
export const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[];
