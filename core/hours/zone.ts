/** Clocks on walls: what a time zone shows at a moment, and back. All of it by Intl; daylight saving included. */

const DAY = 86_400_000;
const MINUTE = 60_000;
/** What is shown where a zone's name is not known here (any more). */
const STANDARD = 'Asia/Shanghai';

interface Zone {
  format: Intl.DateTimeFormat;
  /** By UTC day: the offset of all of it, or null where it changes. */
  days: Map<number, number | null>;
  /** The last minute looked up on a day of change, and its offset. */
  minute: number;
  offset: number;
}
const zones = new Map<string, Zone>();

function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    zone = {
      format: formatter(isZone(name) ? name : STANDARD),
      days: new Map(),
      minute: Number.NaN,
      offset: 0,
    };
    // Names come from settings that were checked; the bound is for whoever asks for others.
    if (zones.size > 1000) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

const formatter = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });

/** Is this an IANA name (or an offset like `+08:00`) that can be reckoned with? */
export function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en-US', { timeZone: name }));
  } catch {
    return false;
  }
}

/** How far the zone's clocks are ahead of UTC at a moment; milliseconds, below zero in the west. */
export function offsetAt(name: string, at: number): number {
  const zone = zoneOf(name);
  const day = Math.floor(at / DAY);
  let known = zone.days.get(day);
  if (known === undefined) {
    const first = shown(zone, day * DAY);
    // No zone changes twice in a day: what is so at both ends of it is so in between.
    known = first === shown(zone, (day + 1) * DAY) ? first : null;
    if (zone.days.size > 1000) zone.days.clear();
    zone.days.set(day, known);
  }
  if (known !== null) return known;
  const minute = Math.floor(at / MINUTE);
  if (zone.minute !== minute) {
    zone.offset = shown(zone, minute * MINUTE);
    zone.minute = minute;
  }
  return zone.offset;
}

/** The offset as Intl shows it, at a full minute. */
function shown({ format }: Zone, at: number): number {
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const [month, day] = [Number(parts.month) - 1, Number(parts.day)];
  return Date.UTC(year, month, day, Number(parts.hour), Number(parts.minute), Number(parts.second)) - at;
}

/** The day the zone's calendars show, counted from 1970-01-01, and the time of that day in milliseconds. */
export function localAt(name: string, at: number): { day: number; time: number } {
  const local = at + offsetAt(name, at);
  const day = Math.floor(local / DAY);
  return { day, time: local - day * DAY };
}

/**
 * The moments of a day at which a period beginning at `time` may begin: where the offset changes on it, clocks may show
 * that time twice or jump over it, and then the change itself counts. Epoch milliseconds; which of them it is, isOpen knows.
 */
export function momentsOf(name: string, day: number, time: number): number[] {
  const local = day * DAY;
  // No zone is more than a day away from UTC, so these two stand before and after all of that day.
  const before = offsetAt(name, local - DAY);
  const after = offsetAt(name, local + 2 * DAY);
  if (before === after) return [local + time - before];
  return [local + time - before, local + time - after, change(name, local - DAY, local + 2 * DAY)].filter(
    (moment) => localAt(name, moment).day === day,
  );
}

/** When the offset changes between two moments; to the minute, as all changes since 1970 are. */
function change(name: string, from: number, to: number): number {
  const before = offsetAt(name, from);
  let [low, high] = [from / MINUTE, to / MINUTE];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(name, middle * MINUTE) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

/** `2026-10-01` as days since 1970-01-01. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
/** Days since 1970-01-01 as `2026-10-01`. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
/** 0 Monday to 6 Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
/** `09:30` as milliseconds after midnight. */
export const timeOf = (clock: string): number => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE;
