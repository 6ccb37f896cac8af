import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Inbound } from '../../../core/inbound.ts';
import { BadRequest } from '../../errors.ts';
import { bounded } from '../json.ts';

/** Reads a value by its shape; what does not fit is a BadRequest that names fields, never values. */
export function parse<T>(shape: z.ZodType<T>, value: unknown, where = ''): T {
  return guarded(() => shape.parse(value), where);
}

/** The same for whatever parses on the way. */
export function guarded<T>(read: () => T, where = ''): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const fields = error.issues.slice(0, 5).map((issue) => `${where}${issue.path.join('.')}` || 'body');
    throw new BadRequest('bad_event', `Not what Meta sends: ${fields.join(', ')}.`);
  }
}

/** One piece of a body and how it is read: `place` makes the key of one that nobody can read. */
export interface Piece {
  read(): Inbound[];
  raw: unknown;
  place: string;
  account?: string;
  at: number;
}

/**
 * Reads every piece of a body that brings several people's. One that nobody can read does not take its neighbours with
 * it: it is kept by name. Throws BadRequest when nothing at all can be read.
 */
export function each(pieces: Piece[]): Inbound[] {
  let readable = 0;
  let bad: BadRequest | undefined;
  const events = pieces.flatMap((piece): Inbound[] => {
    try {
      const read = piece.read();
      readable++;
      return read;
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      bad ??= error;
      const { account, at, raw, place } = piece;
      const externalId = `unreadable:${digest([place, raw])}`;
      return [{ account, at, externalId, kind: 'ignored', what: 'unreadable', data: bounded(raw) }];
    }
  });
  if (bad && readable === 0) throw bad;
  return events;
}

/** A short name of a value, the same whenever it comes again. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('base64url')
    .slice(0, 22);
}
