import type { Part } from './part.ts';

/** A part with its columns made ready: how each value travels. */
export interface Step {
  part: Part;
  fields: readonly { name: string; type: string; encode: (value: unknown) => unknown }[];
}
/** A step and the rows it is for; at least one. */
export interface Share {
  step: Step;
  rows: readonly object[];
}

export const asStep = (part: Part): Step => ({
  part,
  fields: Object.entries(part.columns).map(([name, type]) => ({ name, type, encode: encoderOf(type) })),
});

const asIs = (value: unknown): unknown => value;
const asJson = (value: unknown): unknown => JSON.stringify(value);
/** What the driver would make of a Date is longer, slower, and in the machine's own zone. */
const asTime = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);
const encoderOf = (type: string) => (type === 'jsonb' ? asJson : type === 'timestamptz' ? asTime : asIs);

/**
 * The statement for shares of one make: the same parts, each of one row or of several. A single row travels as plain values,
 * which is four fifths of the work for PostgreSQL; of several, each column as one array, so that one text, planned once,
 * serves any number of them.
 */
export class Statement {
  readonly text: string;

  constructor(shares: readonly Share[], locks: boolean) {
    let number = 1;
    const bodies = shares.map(({ step: { part, fields }, rows }) => {
      const alone = rows.length === 1;
      const values = fields.map(({ name, type }) => `$${++number}::${type}${alone ? ` as ${name}` : '[]'}`);
      const names = fields.map(({ name }) => name);
      const source = alone ? `(select ${values.join(', ')}) r` : `unnest(${values.join(', ')}) r(${names.join(', ')})`;
      const waits = part.after && shares.some(({ step }) => step.part.name === part.after);
      const body = part
        .text(source)
        .replace('{after}', waits ? `(select count(*) from ${part.after}_done) >= 0` : 'true');
      return body + (locks && part.locked ? ' and (select count(*) from locked) >= 0' : '');
    });
    const last = bodies.pop()!;
    const before = bodies.map((body, index) => `${shares[index]!.step.part.name}_done as (${body} returning 1)`);
    if (locks)
      before.unshift(
        `locked as (select id from sessions where organisation_id = $1 and id = any($${number + 1}::uuid[]) order by id for no key update)`,
      );
    this.text = before.length ? `with ${before.join(', ')} ${last}` : last;
  }

  /** The values of `$2` and on, for shares of the same make. */
  parameters(shares: readonly Share[]): unknown[] {
    const all: unknown[] = [];
    for (const { step, rows } of shares) {
      for (const { name, encode } of step.fields) {
        const of = (row: object) => {
          const value = (row as Record<string, unknown>)[name] ?? null;
          return value === null ? null : encode(value);
        };
        all.push(rows.length === 1 ? of(rows[0]!) : rows.map(of));
      }
    }
    return all;
  }
}
