import type { OfficialYear } from '../../../../core/calendar.ts';
import { ApiError, api } from '../api.ts';

/** GET /calendar/cn/:year. */
export interface Official extends OfficialYear {
  year: number;
  source: { package: string; version: string };
  /** All that can be asked for. */
  years: number[];
}
/** A year that is not there yet, and those that are. */
export type Missing = Pick<Official, 'years'> & { year: number; missing: true };

/** China's official calendar of a year. Throws where the hub cannot be asked. */
export async function officialYear(year: number): Promise<Official | Missing> {
  try {
    return await api.get<Official>(`/calendar/cn/${year}`);
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_found')
      return { year, years: (error.more.years as number[] | undefined) ?? [], missing: true };
    throw error;
  }
}

/** The year people want: the next one as soon as it is given out, which is in November. */
export const wantedYear = (now: Date): number => now.getFullYear() + (now.getMonth() >= 10 ? 1 : 0);
