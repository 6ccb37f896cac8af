import type { ColumnType, Generated } from 'kysely';

/** The kinds of column the tables share. Times are Dates here, never texts. */

/** A jsonb column that must be given. */
export type Json<T> = ColumnType<T, T | string, T | string>;
/** A jsonb column that the database fills when it is not given. */
export type JsonOr<T> = ColumnType<T, T | string | undefined, T | string>;
/** A column that the database fills when it is not given. */
export type Defaulted<T> = Generated<T>;
