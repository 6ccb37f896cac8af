import type { Period, TimePlan } from '../../../../core/settings/index.ts';

/** New plans: what most houses begin with. */
const day = (...spans: [from: string, to: string][]): Period[] => spans.map(([from, to]) => ({ from, to }));
const week = (workday: () => Period[], weekend: () => Period[]): TimePlan['week'] =>
  Array.from({ length: 7 }, (_, index) => (index < 5 ? workday() : weekend()));

export const EXAMPLES = {
  office: () =>
    week(
      () => day(['09:00', '18:00']),
      () => [],
    ),
  noon: () =>
    week(
      () => day(['09:00', '12:00'], ['13:30', '18:00']),
      () => [],
    ),
  daily: () =>
    week(
      () => day(['09:00', '21:00']),
      () => day(['09:00', '21:00']),
    ),
} as const;
export type Example = keyof typeof EXAMPLES;

export const freshTimePlan = (id: string, name: string, example: Example): TimePlan => ({
  id,
  name,
  week: EXAMPLES[example](),
  workdays: [],
  holidays: [],
});
