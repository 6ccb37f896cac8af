import { describe, expect, it } from 'vitest';
import { named, numbers } from './numbers.ts';

describe('numbers with a case', () => {
  it('are those in titles', () => {
    const source = `
      describe('RT-01: rules', () => {
        it("Q-02, 04: some", () => {});
        it('SS-17…19, TR-08: more', () => {});
        it.each(['a', 'b'])('CS-03: %s', () => {});
        it.each([
          ['WT-05: a make-up day', 1],
          [
            'DS-01: levels', 2],
        ])('%s', () => {});
        test(
          \`SG-09: in records\`,
        );
      });`;
    expect([...named(source)].sort()).toEqual(
      ['CS-03', 'DS-01', 'Q-02', 'Q-04', 'RT-01', 'SG-09', 'SS-17', 'SS-18', 'SS-19', 'TR-08', 'WT-05'].sort(),
    );
  });

  it('are not those in comments, in what is expected, in what is skipped, or over a group', () => {
    const source = `
      // RT-01 is elsewhere
      /* it tells of Q-02 */
      expect('SS-01').toBe('SS-02');
      const text = 'WT-03';
      it.skip('SG-01: one day', () => {});
      it.todo('SG-02: another');
      describe('TR-01…04: transfers', () => {});`;
    expect([...named(source)]).toEqual([]);
  });

  it('are asked for as the specification writes them', () => {
    expect(numbers({ RT: 2, Q: 10 }).join()).toBe('RT-01,RT-02,Q-01,Q-02,Q-03,Q-04,Q-05,Q-06,Q-07,Q-08,Q-09,Q-10');
    expect(numbers()).toHaveLength(104);
  });
});
