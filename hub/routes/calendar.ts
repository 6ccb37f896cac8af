import { z } from '@hono/zod-openapi';
import { Refusal } from '../../core/refusal.ts';
import { chinaCalendar } from '../calendar.ts';
import { house, json, route } from './route.ts';

/** In Chinese and in English. */
const named = { name: z.string(), english: z.string() };
const Year = z.object({
  year: z.int(),
  source: z.object({ package: z.string(), version: z.string() }),
  years: z.array(z.int()).openapi({ description: 'All years that can be asked for' }),
  holidays: z.array(z.object({ from: z.iso.date(), to: z.iso.date(), ...named })),
  workdays: z.array(z.object({ date: z.iso.date(), ...named })),
});

/** Official calendars, for time plans to take over (WT-03, WT-05). */
export function calendar() {
  return house().openapi(
    route('admin', {
      method: 'get',
      path: '/calendar/cn/{year}',
      tags: ['Settings'],
      summary: "China's official days off and make-up days of a year; 404 with `years` where it is not known yet",
      request: {
        params: z.object({
          year: z.coerce
            .number()
            .int()
            .min(1)
            .max(9999)
            .openapi({ param: { name: 'year', in: 'path' } }),
        }),
      },
      responses: { 200: json(Year, 'The year') },
    }),
    async (c) => {
      const { year } = c.req.valid('param');
      const { source, years, of } = await chinaCalendar();
      const found = of(year);
      if (!found) throw new Refusal('not_found', undefined, { years, source });
      return c.json({ year, source, years, ...found }, 200);
    },
  );
}
