const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const SHAPE = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})$/;
const CHINA_MS = 8 * 3_600_000;

/**
 * `Tue Mar 04 21:05:07 +0800 2014` as epoch milliseconds, whatever zone and language this machine has; undefined when it
 * is no time. The day of the week is not looked at.
 */
export function readTime(text: string): number | undefined {
  const [, month = '', ...rest] = SHAPE.exec(text.trim()) ?? [];
  const [day, hour, minute, second, sign, zoneHours, zoneMinutes, year] = rest;
  const index = MONTHS.indexOf(month);
  const days = Number(day);
  if (index < 0 || !(Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60)) return undefined;
  const midnight = Date.UTC(Number(year), index, days);
  if (new Date(midnight).getUTCDate() !== days) return undefined;
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000 * (sign === '-' ? -1 : 1);
  const at = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 - offset;
  return at >= 0 ? at : undefined;
}

/** The same the other way round, in China's zone and to the second, as Weibo writes it. */
export function writeTime(at: number): string {
  const date = new Date(at + CHINA_MS);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${clock} +0800 ${date.getUTCFullYear()}`;
}
