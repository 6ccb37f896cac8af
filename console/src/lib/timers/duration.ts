/** Lengths of time, kept in seconds, set and said as hours, minutes and seconds. */
export interface Parts {
  hours: number;
  minutes: number;
  seconds: number;
}
export const PARTS = [
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const;

export const partsOf = (all: number): Parts => ({
  hours: Math.floor(all / 3600),
  minutes: Math.floor((all % 3600) / 60),
  seconds: all % 60,
});
export const secondsOf = ({ hours, minutes, seconds }: Parts): number => hours * 3600 + minutes * 60 + seconds;

type Say = (key: `long.${keyof Parts}`, values: { n: number }) => string;
/** `1 小时 30 分钟`; nothing is left out but zeros. */
export function long(all: number, say: Say): string {
  const parts = partsOf(all);
  const words = PARTS.filter(([part]) => parts[part] > 0).map(([part]) => say(`long.${part}`, { n: parts[part] }));
  return words.length ? words.join(' ') : say('long.seconds', { n: 0 });
}
