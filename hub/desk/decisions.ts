import { isDeepStrictEqual } from 'node:util';
import { replayed } from '../../core/floor.ts';
import { pick } from '../../core/match.ts';
import { again, compileRoutes, explain, type Trace } from '../../core/route/index.ts';
import type { Settings } from '../../core/settings/index.ts';
import { deciding, readAll } from '../settings/areas.ts';
import type { DecisionMade } from '../shapes/routing.ts';
import type { EventRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { revisionsAt } from '../store/revisions.ts';

/** Decisions of a session, each made again from what was written down then: `same` says that it comes out as it did. */
export async function decisions(org: Org, events: readonly EventRow[]): Promise<DecisionMade[]> {
  const traced = events.flatMap((event) => {
    const trace = event.data?.trace as Trace | undefined;
    return trace ? [{ event, trace }] : [];
  });
  const revisions = await revisionsAt(
    org,
    traced.flatMap(({ trace }) => Object.entries(trace.versions) as [string, number][]),
  );
  const documents = (trace: Trace): Settings =>
    deciding(
      readAll(
        Object.entries(trace.versions).flatMap(([area, version]) => {
          const document = revisions.get(`${area}:${version}`);
          return document ? [{ area, document }] : [];
        }),
      ),
    );
  const routed = traced.map(({ event, trace }): DecisionMade => {
    const routes = compileRoutes(documents(trace));
    return {
      seq: event.seq,
      at: event.at.toISOString(),
      kind: 'routing',
      trace: trace as unknown as Record<string, unknown>,
      reasons: explain(trace.asking, routes, replayed(trace.seen)).reasons,
      same: isDeepStrictEqual(plain(again(trace, routes)), plain(trace.decision)),
    };
  });
  const matched = events.flatMap((event): DecisionMade[] => {
    const why = event.data?.why as { order: Parameters<typeof pick>[0] } | undefined;
    if (event.type !== 'served' || !why) return [];
    const same = pick(why.order) === event.actor_id;
    return [{ seq: event.seq, at: event.at.toISOString(), kind: 'matching', trace: { ...why }, reasons: [], same }];
  });
  return [...routed, ...matched].sort((a, b) => a.seq - b.seq);
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
