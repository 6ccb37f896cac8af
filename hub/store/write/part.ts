import type { Changes } from '../changes.ts';

/** Columns and their types in PostgreSQL. */
export type Columns = Readonly<Record<string, string>>;

/** One table's share of a write. */
export interface Part {
  /** Of the step in the statement, and in its key: unique. */
  name: string;
  columns: Columns;
  rows(changes: Changes): readonly object[];
  /** The step over `r`, the rows as a table. `$1` is the organisation; `{after}` becomes a condition. */
  text(r: string): string;
  /** Changes rows of a session that another writer may hold: waits for the locks, where there are any. */
  locked?: true;
  /** Must come after this part, if it is there: PostgreSQL runs the parts of a `with` in no promised order. */
  after?: string;
}

/** A part that adds rows; `values` says what else than the value itself goes into a column. */
export function insert(
  table: string,
  columns: Columns,
  rows: Part['rows'],
  more: { after?: string; values?: Record<string, string>; tail?: string } = {},
): Part {
  const names = Object.keys(columns);
  const values = names.map((name) => more.values?.[name] ?? `r.${name}`);
  const where = more.after ? ' where {after}' : '';
  return {
    name: `new_${table}`,
    columns,
    rows,
    ...(more.after && { after: more.after }),
    text: (r) =>
      `insert into ${table} (organisation_id, ${names.join(', ')}) select $1::uuid, ${values.join(', ')} from ${r}${where}${more.tail ?? ''}`,
  };
}

/** Of a part that changes what belongs to the sessions in `r`. */
export const bySession = 'where t.organisation_id = $1 and t.session_id = r.session_id';
