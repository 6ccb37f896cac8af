import type { Area, Settings } from '../../../../core/settings/index.ts';

/** What the settings pages read from the hub. Types only: no schema is carried into the browser. */
export type {
  Area,
  ConditionRule,
  Mode,
  QueueRule,
  Queues,
  Reception,
  ReceptionPlan,
  RouteRule,
  Routing,
  Settings,
  Target,
  When,
} from '../../../../core/settings/index.ts';

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
