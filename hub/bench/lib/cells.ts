import type { Load } from '../load.ts';
import { median, short } from './figures.ts';
import type { Side } from './sides.ts';

/** One turn. Milliseconds: `cpu` of the process a message, `total` with PostgreSQL's, `settle` until the last reply was out. */
export interface Cell extends Load {
  cpu: number;
  total: number;
  settle: number;
}

/** The columns of one row: floor, hub and ratio of each figure; the rate also with its worst ratio. */
export function compare(turns: Record<Side['name'], Cell[]>): number[] {
  const of = (side: Side['name'], key: keyof Cell) => median(turns[side].map((cell) => cell[key]));
  const ratios = (key: keyof Cell) => turns.hub.map((cell, round) => cell[key] / turns.floor[round]![key]);
  const pair = (key: keyof Cell) => [of('floor', key), of('hub', key), median(ratios(key))];
  const [floorRate, hubRate, ratio] = pair('perSecond') as [number, number, number];
  return [
    floorRate,
    hubRate,
    ratio,
    Math.min(...ratios('perSecond')),
    ...pair('p50'),
    ...pair('p99'),
    ...pair('cpu'),
    ...pair('total'),
  ];
}

/** A fast hub that did not do its work would be no result. */
export function prove(cells: Cell[], frames: number, replies: number, keywordEvery: number): void {
  const sum = (key: 'acknowledged' | 'refused') => cells.reduce((total, cell) => total + cell[key], 0);
  const expected = keywordEvery ? sum('acknowledged') / keywordEvery : 0;
  if (sum('refused')) throw new Error(`The hub refused ${sum('refused')} messages.`);
  console.log(
    `  the hub took ${sum('acknowledged')} messages of ${cells[0]!.bodyBytes} bytes, showed ${frames} frames, sent ${replies} replies (the last ${short(median(cells.map((cell) => cell.settle)))} ms after the load ended)`,
  );
  if (Math.abs(replies - expected) > 1 + expected * 0.02)
    throw new Error(`${Math.round(expected)} replies were to be sent.`);
  if (frames < sum('acknowledged') * 0.98) throw new Error('The screen missed messages.');
}
