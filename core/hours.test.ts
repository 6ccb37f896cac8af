import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isOpen, isZone, nextOpening, stretches } from './hours.ts';
import { type Period, TimePlan } from './settings/index.ts';

vi.setConfig({ testTimeout: 60_000 }); // thousands of runs on a busy machine

const CHINA = 'Asia/Shanghai';
const nine: Period[] = [{ from: '09:00', to: '18:00' }];
const office = [nine, nine, nine, nine, nine, [], []];
const plan = (more: Partial<TimePlan> = {}): TimePlan =>
  TimePlan.parse({ id: '019a0000-0000-7000-8000-000000000001', name: '客服', week: office, ...more });
/** A moment as a clock in China shows it. */
const china = (clock: string) => Date.parse(`${clock}:00+08:00`);
const back = (at: number | null, zone = CHINA) =>
  at === null ? null : new Date(at).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16);

describe('isOpen', () => {
  it.each([
    // 2026-11-23 is a Monday.
    ['WT-04: a moment before the first period', '2026-11-23T08:59', false],
    ['WT-04: its first minute', '2026-11-23T09:00', true],
    ['WT-04: its last minute', '2026-11-23T17:59', true],
    ['WT-04: half open, at the end it is over', '2026-11-23T18:00', false],
    ['WT-04: a day without hours', '2026-11-22T10:00', false],
    ['WT-03: a holiday on a weekday, all of it', '2026-10-01T10:00', false],
    ['WT-03: the last day of a holiday is one', '2026-10-07T10:00', false],
    ['WT-03: the day after is not', '2026-10-08T10:00', true],
    ['WT-05: a Saturday is worked instead', '2026-10-10T10:00', true],
    ['WT-05: with hours of its own', '2026-10-10T17:30', false],
    ['WT-05: a working day wins over a holiday', '2026-10-03T10:00', true],
    ['WT-05: and its hours over those of the week', '2026-10-03T08:30', true],
  ])('%s', (_title, clock, open) => {
    const given = plan({
      holidays: [{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }],
      workdays: [
        { date: '2026-10-10', name: '国庆节调休', periods: [{ from: '09:00', to: '17:30' }] },
        { date: '2026-10-03', name: '值班', periods: [{ from: '08:00', to: '12:00' }] },
      ],
    });
    expect(isOpen(given, CHINA, china(clock))).toBe(open);
  });

  it('WT-01: no plan is always working time', () => {
    expect(isOpen(null, CHINA, china('2026-11-22T03:00'))).toBe(true);
    expect(nextOpening(null, CHINA, china('2026-11-22T03:00'))).toBeNull();
  });

  it('WT-01: at one moment one plan may be open and another not', () => {
    const night = plan({ week: Array.from({ length: 7 }, () => [{ from: '18:00', to: '24:00' }]) });
    const at = china('2026-11-23T20:00');
    expect([plan(), night].map((one) => isOpen(one, CHINA, at))).toEqual([false, true]);
  });

  it('WT-06: which of two groups is open turns with the clock', () => {
    const day = plan({ week: Array.from({ length: 7 }, () => [{ from: '08:00', to: '20:00' }]) });
    const night = plan({
      week: Array.from({ length: 7 }, () => [
        { from: '20:00', to: '24:00' },
        { from: '00:00', to: '08:00' },
      ]),
    });
    for (let hour = 0; hour < 48; hour++) {
      const at = china('2026-11-23T00:00') + hour * 3_600_000;
      expect(isOpen(day, CHINA, at)).toBe(!isOpen(night, CHINA, at));
    }
  });

  it('WT-02: several periods a day, with the break between them', () => {
    const given = plan({
      week: Array.from({ length: 7 }, () => [
        { from: '13:30', to: '18:00' },
        { from: '09:00', to: '12:00' },
      ]),
    });
    const at = ['11:59', '12:00', '13:29', '13:30'].map((clock) => isOpen(given, CHINA, china(`2026-11-23T${clock}`)));
    expect(at).toEqual([true, false, false, true]);
    expect(back(nextOpening(given, CHINA, china('2026-11-23T12:10')))).toBe('2026-11-23 13:30');
  });

  it('WT-04: a day until 24:00 goes over into the next without a gap', () => {
    const given = plan({ week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]) });
    for (let minute = -3; minute <= 3; minute++)
      expect(isOpen(given, CHINA, china('2026-11-24T00:00') + minute * 60_000)).toBe(true);
    expect(isOpen(given, CHINA, china('2026-11-24T00:00') - 1)).toBe(true);
  });

  it('WT-02: a period that ends before it begins is never working time', () => {
    const given = plan({ week: Array.from({ length: 7 }, () => [{ from: '18:00', to: '09:00' }]) });
    expect(isOpen(given, CHINA, china('2026-11-23T20:00'))).toBe(false);
    expect(nextOpening(given, CHINA, china('2026-11-23T20:00'))).toBeNull();
  });

  it('WT-02: the same moment is another hour in another zone', () => {
    const at = Date.parse('2026-11-23T10:00:00Z');
    expect([CHINA, 'Europe/London', 'America/New_York'].map((zone) => isOpen(plan(), zone, at))).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('days on which clocks are changed', () => {
  const early = plan({ week: Array.from({ length: 7 }, () => [{ from: '02:15', to: '02:45' }]) });
  const sunday = plan({ week: [[], [], [], [], [], [], [{ from: '01:00', to: '02:00' }]] });

  it('WT-04: an hour that is skipped opens nothing', () => {
    // Berlin, 2026-03-29: 02:00 becomes 03:00.
    const before = Date.parse('2026-03-29T00:00:00+01:00');
    expect(back(nextOpening(early, 'Europe/Berlin', before), 'Europe/Berlin')).toBe('2026-03-30 02:15');
  });

  it('WT-04: a period that begins in the skipped hour begins when it is over', () => {
    const given = plan({ week: Array.from({ length: 7 }, () => [{ from: '02:30', to: '06:00' }]) });
    const at = nextOpening(given, 'Europe/Berlin', Date.parse('2026-03-29T00:00:00+01:00'));
    expect(at).toBe(Date.parse('2026-03-29T03:00:00+02:00'));
  });

  it('WT-04: an hour that is shown twice is working time twice', () => {
    // New York, 2026-11-01: 02:00 becomes 01:00.
    const first = Date.parse('2026-11-01T01:30:00-04:00');
    const second = Date.parse('2026-11-01T01:30:00-05:00');
    expect([first, second].map((at) => isOpen(sunday, 'America/New_York', at))).toEqual([true, true]);
    const between = plan({ week: [[], [], [], [], [], [], [{ from: '01:00', to: '01:15' }]] });
    expect(nextOpening(between, 'America/New_York', first)).toBe(Date.parse('2026-11-01T01:00:00-05:00'));
  });

  it('WT-04: a whole day that a zone leaves out is nobody’s working day', () => {
    // Apia went from Thursday, 2011-12-29 to Saturday, 2011-12-31.
    const friday = plan({ week: [[], [], [], [], nine, [], []] });
    const at = nextOpening(friday, 'Pacific/Apia', Date.parse('2011-12-29T12:00:00-10:00'));
    expect(at).toBe(Date.parse('2012-01-06T09:00:00+14:00'));
  });
});

describe('nextOpening', () => {
  const holidays = [{ from: '2026-10-01', to: '2026-10-07', name: '国庆节' }];
  it.each([
    ['the same day', '2026-11-23T07:00', '2026-11-23 09:00'],
    ['the next day', '2026-11-23T18:00', '2026-11-24 09:00'],
    ['over the weekend', '2026-11-20T19:00', '2026-11-23 09:00'],
    ['while it is open there is nothing to wait for', '2026-11-23T12:00', null],
    ['WT-03: over a long holiday', '2026-09-30T18:30', '2026-10-08 09:00'],
  ])('WT-04: %s', (_title, clock, expected) => {
    expect(back(nextOpening(plan({ holidays }), CHINA, china(clock)))).toBe(expected);
  });

  it('WT-05: a working day within a long holiday comes first', () => {
    const workdays = [{ date: '2026-10-04', name: '值班', periods: [{ from: '10:00', to: '12:00' }] }];
    const given = plan({ holidays, workdays });
    expect(back(nextOpening(given, CHINA, china('2026-09-30T18:30')))).toBe('2026-10-04 10:00');
    expect(back(nextOpening(given, CHINA, china('2026-10-04T12:00')))).toBe('2026-10-08 09:00');
  });

  it('WT-02: a plan without a week lives by its working days, and has an end', () => {
    const workdays = [{ date: '2026-12-24', name: '', periods: nine }];
    const given = plan({ week: [[], [], [], [], [], [], []], workdays });
    expect(back(nextOpening(given, CHINA, china('2026-11-23T10:00')))).toBe('2026-12-24 09:00');
    expect(nextOpening(given, CHINA, china('2026-12-24T18:00'))).toBeNull();
  });

  it('WT-03: holidays that overlap, touch or end before they begin', () => {
    const given = plan({
      holidays: [
        { from: '2026-10-05', to: '2026-10-20', name: '' },
        { from: '2026-10-01', to: '2026-10-07', name: '' },
        { from: '2026-10-21', to: '2026-10-21', name: '' },
        { from: '2026-12-31', to: '2026-01-01', name: '' },
      ],
    });
    expect(back(nextOpening(given, CHINA, china('2026-10-01T00:00')))).toBe('2026-10-22 09:00');
  });

  it('WT-03: a holiday of a lifetime is jumped over, not walked through', () => {
    const given = plan({ holidays: [{ from: '2026-01-01', to: '9998-12-31', name: '' }] });
    const started = performance.now();
    expect(back(nextOpening(given, CHINA, china('2026-11-23T10:00')))).toBe('9999-01-01 09:00');
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('any plan in any zone', () => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
  const clock = fc
    .integer({ min: 0, max: 48 })
    .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
  const periods = fc.array(
    fc.record({ from: clock, to: clock }).filter(({ from, to }) => from < to),
    { maxLength: 2 },
  );
  const date = fc
    .integer({ min: 0, max: 25 })
    .map((day) => new Date(Date.UTC(2026, 2, 20 + day)).toISOString().slice(0, 10));
  const plans = fc.record({
    week: fc.array(periods, { minLength: 7, maxLength: 7 }),
    workdays: fc.array(
      fc.record({ date, name: fc.constant(''), periods: periods.filter(({ length }) => length > 0) }),
      {
        maxLength: 2,
      },
    ),
    holidays: fc.array(fc.record({ from: date, to: date, name: fc.constant('') }), { maxLength: 2 }),
  });

  it('WT-04: what nextOpening says is what minute after minute of isOpen says', () => {
    fc.assert(
      fc.property(plans, fc.constantFrom(...zones), fc.integer({ min: 0, max: 20 * 48 }), (given, zone, half) => {
        const one = plan(given);
        // Around the changes of the clocks in March and April 2026.
        const at = Date.UTC(2026, 2, 22) + half * 1_800_000;
        const found = nextOpening(one, zone, at);
        const week = 9 * 24 * 60;
        let walked: number | null = null;
        if (!isOpen(one, zone, at))
          for (let minute = 15; minute <= week && walked === null; minute += 15)
            if (isOpen(one, zone, at + minute * 60_000)) walked = at + minute * 60_000;
        if (walked !== null || (found !== null && found <= at + week * 60_000)) expect(found).toBe(walked);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('stretches', () => {
  it('WT-02: a week in as few words as it takes', () => {
    expect(stretches(office)).toEqual([{ from: 0, to: 4, periods: nine }]);
    const saturday = [{ from: '10:00', to: '16:00' }];
    expect(stretches([nine, nine, [], nine, nine, saturday, []])).toEqual([
      { from: 0, to: 1, periods: nine },
      { from: 3, to: 4, periods: nine },
      { from: 5, to: 5, periods: saturday },
    ]);
    expect(stretches([[], [], [], [], [], [], []])).toEqual([]);
  });
});

it('knows a zone when it sees one', () => {
  expect(['Asia/Shanghai', 'UTC', 'Mars/Olympus', ''].map(isZone)).toEqual([true, true, false, false]);
  // Whatever was once saved, a hand-off never fails for it.
  expect(isOpen(plan(), 'Mars/Olympus', china('2026-11-23T10:00'))).toBe(true);
});

it('is fast: it is asked at each hand-off', () => {
  const given = plan({
    holidays: Array.from({ length: 400 }, (_, i) => ({
      from: `20${10 + (i % 80)}-01-01`,
      to: `20${10 + (i % 80)}-01-03`,
      name: '',
    })),
  });
  const at = china('2026-11-23T10:00');
  isOpen(given, CHINA, at);
  const started = performance.now();
  for (let i = 0; i < 100_000; i++) isOpen(given, CHINA, at + i * 1000);
  // A microsecond or so; ten on a machine that is doing something else.
  expect((performance.now() - started) / 100).toBeLessThan(10);
});
