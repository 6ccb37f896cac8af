export const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** Of sorted values; between two neighbours the mean counts. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (!sorted.length) return Number.NaN;
  const at = (sorted.length - 1) * share;
  return (sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2;
}

/** p50 and p99 of milliseconds, and how many there were. */
export function spread(values: readonly number[]): { count: number; p50: number; p99: number; worst: number } {
  const sorted = Float64Array.from(values).sort();
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    worst: sorted.at(-1) ?? Number.NaN,
  };
}

/** Rows of equal length as columns, numbers right, words left. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? short(cell) : cell)));
  const widths = texts[0]!.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)));
  return texts
    .map((row) =>
      row.map((cell, column) => (column ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  '),
    )
    .join('\n');
}

/** Three figures that count; whole from a hundred up. */
export const short = (value: number): string =>
  Number.isNaN(value) ? '–' : Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
