import {
  CompiledQuery,
  type DeleteQueryBuilder,
  type DeleteResult,
  type InsertQueryBuilder,
  type InsertResult,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely';
import type { OrgTables, Tables } from './schema.ts';

type Table = keyof OrgTables & string;
type Row<T extends Table> = Parameters<InsertQueryBuilder<Tables, T, InsertResult>['values']>[0] extends infer V
  ? V extends readonly (infer R)[]
    ? Omit<R, 'organisation_id'>
    : never
  : never;

/**
 * One organisation's share of the database: the handle every store function takes. A query starts here and is already
 * narrowed to the organisation, so one without it cannot be written by accident; what is inserted gets the organisation
 * put in. Inside `transaction` the handle given to `work` is bound to that transaction.
 */
export class Org {
  readonly id: string;
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>, id: string) {
    this.#db = db;
    this.id = id;
  }

  select<T extends Table>(table: T): SelectQueryBuilder<Tables, T, object> {
    return (this.#db.selectFrom(table as never) as any).where(`${table}.organisation_id`, '=', this.id);
  }

  insert<T extends Table>(table: T, rows: Row<T> | readonly Row<T>[]): InsertQueryBuilder<Tables, T, InsertResult> {
    const list = (Array.isArray(rows) ? rows : [rows]) as object[];
    return (this.#db.insertInto(table as never) as any).values(
      list.map((row) => ({ ...row, organisation_id: this.id })),
    );
  }

  update<T extends Table>(table: T): UpdateQueryBuilder<Tables, T, T, UpdateResult> {
    return (this.#db.updateTable(table as never) as any).where('organisation_id', '=', this.id);
  }

  delete<T extends Table>(table: T): DeleteQueryBuilder<Tables, T, DeleteResult> {
    return (this.#db.deleteFrom(table as never) as any).where('organisation_id', '=', this.id);
  }

  /** For the few statements the builder cannot say. The organisation's id is handed in: put it in the `where`. */
  async raw<R>(statement: (organisationId: string) => RawBuilder<R>): Promise<R[]> {
    return (await statement(this.id).execute(this.#db)).rows;
  }

  /** A statement as text, for the one path where building it anew each time would cost more than running it. `$1` is the organisation's id. */
  async statement(text: string, parameters: readonly unknown[]): Promise<void> {
    await this.#db.executeQuery(CompiledQuery.raw(text, [this.id, ...parameters]));
  }

  async transaction<R>(work: (org: Org) => Promise<R>): Promise<R> {
    if (this.#db.isTransaction) return await work(this);
    return await this.#db.transaction().execute((tx) => work(new Org(tx, this.id)));
  }
}
