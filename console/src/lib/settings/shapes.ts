import type { z } from 'zod';
import type { Settings as Deciding } from '../../../../core/settings/index.ts';
import type { PaymentSettings } from '../../../../hub/shapes/pay.ts';

/** What the settings pages read from the hub. Types only: no schema is carried into the browser. */
export type {
  ConditionRule,
  Mode,
  QueueRule,
  Queues,
  Reception,
  ReceptionPlan,
  RouteRule,
  Routing,
  Target,
  When,
} from '../../../../core/settings/index.ts';

/** Every area that is kept as a versioned document: those that decide about sessions, and payments. */
export type Settings = Deciding & { payments: z.infer<typeof PaymentSettings> };
export type Area = keyof Settings;

/** `code` is one of core/settings/findings/codes.ts, or the hub's `unknown` and `in_use`. `path` is within the area's document: `rules.3.when`. */
export interface Finding {
  level: 'error' | 'warning';
  area: Area;
  path: string;
  code: string;
  params?: Record<string, string | number>;
}

/** An area's document with its version. */
export interface Doc<A extends Area> {
  area: A;
  version: number;
  document: Settings[A];
  /** ISO 8601; null: nobody has set anything. */
  updatedAt: string | null;
  by: { id: string; name: string } | null;
  findings: Finding[];
}
/** Who saved while somebody else was changing the same document. */
export type Meanwhile = Pick<Doc<Area>, 'version' | 'updatedAt' | 'by'>;
