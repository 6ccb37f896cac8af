import type { z } from 'zod';
import { AREAS, type Settings } from '../../core/settings/index.ts';
import { PaymentSettings } from '../shapes/pay.ts';

/** Every area that is kept as a versioned document: those that decide about sessions, and payments. */
export const DOCUMENTS = { ...AREAS, payments: PaymentSettings } as const;
export type DocumentArea = keyof typeof DOCUMENTS;
export type Documents = { [A in DocumentArea]: z.infer<(typeof DOCUMENTS)[A]> };
export const DOCUMENT_AREAS = Object.keys(DOCUMENTS) as [DocumentArea, ...DocumentArea[]];

export const schemaOf = (area: DocumentArea): z.ZodType => DOCUMENTS[area] as unknown as z.ZodType;

/** A stored document as today's schema reads it. What it cannot read at all is as good as never set. */
export function read<A extends DocumentArea>(area: A, document: unknown): Documents[A] {
  const parsed = schemaOf(area).safeParse(document);
  return (parsed.success ? parsed.data : schemaOf(area).parse({})) as Documents[A];
}

/** All areas from the rows there are; an area without a row is its defaults. */
export function readAll(rows: readonly { area: string; document: unknown }[]): Documents {
  const stored = new Map(rows.map((row) => [row.area, row.document]));
  return Object.fromEntries(DOCUMENT_AREAS.map((area) => [area, read(area, stored.get(area) ?? {})])) as Documents;
}

/** The part of them that core decides with. */
export const deciding = ({ payments: _, ...settings }: Documents): Settings => settings;
