import { dateOf, localAt } from './hours/zone.ts';
import type { Desk } from './settings/index.ts';

/** What is known of a customer whose name is put together. */
export interface Known {
  /** As he calls himself, or as we do; null: nobody knows. */
  name: string | null;
  /** Where from, widest first and without blanks: `上海市宝山区`. */
  region?: string | null;
  /** Over which network: `移动`. */
  network?: string | null;
  /** When he asked, epoch milliseconds. */
  at: number;
}

/**
 * SS-16: the name by which a customer stands in the list: `上海市宝山区妮妮`, `移动妮妮`, `妮妮20231201`. Whoever shows all three has the
 * whole of `上海市宝山区移动客户20231201`, where `customer` stands for the name, as it does where there is none. What is not known is left out;
 * the day is that of `zone`.
 */
export function nickname(known: Known, show: Desk['nickname'], zone: string, customer = '客户'): string {
  const all = show.region && show.network && show.date;
  const { name, region, network, at } = known;
  return [
    show.region ? region : null,
    show.network ? network : null,
    (all ? null : name?.trim()) || customer,
    show.date ? dateOf(localAt(zone, at).day).replaceAll('-', '') : null,
  ]
    .filter((part): part is string => Boolean(part))
    .reduce((left, right) => `${left}${apart(left, right) ? ' ' : ''}${right}`);
}

/** Words of an alphabet are set apart: `Berlin Anna 20231201`. */
const apart = (left: string, right: string) =>
  /[\p{L}\p{N}]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right) && !EAST.test(left.at(-1)!) && !EAST.test(right[0]!);
const EAST = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
