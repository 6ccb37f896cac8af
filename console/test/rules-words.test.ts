import { describe, expect, it } from 'vitest';
import { UNABLE } from '../../core/match/who.ts';
import { VIAS } from '../../core/route/decision.ts';
import { REASON_CODES, REASONS } from '../../core/route/reasons.ts';
import { FINDING_CODES, FINDINGS } from '../../core/settings/findings.ts';
import { MODES } from '../../core/settings/index.ts';
import { words as english } from '../src/lib/i18n/rules/en.ts';
import { words as chinese } from '../src/lib/i18n/rules/zh-CN.ts';

const both: [string, Record<string, string>][] = [
  ['zh-CN', chinese],
  ['en', english],
];
const placesIn = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
/** What a code says it comes with: 'params a, b (remark), c.' */
const paramsOf = (about: string) =>
  (about.match(/params ([^.]*)/)?.[1] ?? '')
    .replace(/\([^)]*\)/g, '')
    .split(',')
    .map((one) => one.trim().split(' ')[0]!)
    .filter(Boolean);

describe.each(both)('%s', (_, words) => {
  it.each(REASON_CODES)('has a sentence for the reason %s, of what it comes with', (code) => {
    const sentence = words[`reason.${code}`];
    expect(sentence).toBeTruthy();
    // What an overflow rule does with a full queue is told with the same four.
    const like = /^queue-(notice|gone|closed|circle)$/.test(code) ? 'queue-over' : code;
    expect(paramsOf(REASONS[like])).toEqual(expect.arrayContaining(placesIn(sentence!)));
  });
  it.each(FINDING_CODES)('has a sentence for the finding %s, of what it comes with', (code) => {
    const sentence = words[`finding.${code}`];
    expect(sentence).toBeTruthy();
    expect(paramsOf(FINDINGS[code])).toEqual(expect.arrayContaining(placesIn(sentence!)));
  });
  it.each(['unknown', 'in_use'])('has a sentence for what the hub finds: %s', (code) =>
    expect(words[`finding.${code}`]).toBeTruthy(),
  );
  it.each(['first', 'closed', 'not-in-group', 'held', 'helper', 'behind', ...UNABLE])(
    'says why an agent gets it, or not: %s',
    (code) => {
      expect(words[`reason.agent.${code}`]).toBeTruthy();
      if (code !== 'first') expect(words[`reason.agents.${code}`]).toBeTruthy();
    },
  );
  it('has names for every way to a person, every mode and every step', () => {
    for (const via of VIAS) expect(words[`via.${via}`], via).toBeTruthy();
    for (const mode of MODES) expect(words[`mode.${mode}`], mode).toBeTruthy();
    const kinds = ['agent', 'tag-agent', 'back', 'overflow', 'entry', 'choice', 'rule', 'channel', 'fallback'];
    for (const kind of kinds) expect(words[`hint.passed.${kind}`] || kind === 'rule', kind).toBeTruthy();
    for (const kind of [...kinds, 'queue', 'keyword', 'plan', 'mode'])
      for (const key of [`step.${kind}`, `step.${kind}.named`]) expect(words[key], key).toBeTruthy();
  });
});
