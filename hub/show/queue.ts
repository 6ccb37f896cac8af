import { estimate } from '../../core/queue.ts';
import { lookAtFloor } from '../desk/floor.ts';
import type { Hub } from '../hub.ts';
import type { VisitorSession } from '../shapes/visitor.ts';
import { placeOf } from '../store/arrivals.ts';
import type { SessionRow } from '../store/changes.ts';

export type Place = (position: number) => NonNullable<VisitorSession['queue']>;

/**
 * What those who wait in this queue are told of a place: the place, and about how long it will be, each where the
 * organisation shows it. The floor is looked at once, however many ask then.
 */
export async function placesIn(hub: Hub, organisationId: string, groupId: string | null): Promise<Place> {
  const rules = await hub.rulebook.rules(organisationId);
  const { showPosition, showWait } = rules.settings.queues;
  const floor = showWait ? (await lookAtFloor(hub, hub.db.org(organisationId), rules)).group(groupId) : null;
  return (position) => ({
    position: showPosition ? position : null,
    seconds: floor && estimate(position, floor.pace, floor.free),
  });
}

/** The place of one who waits; null for everybody else. */
export async function queueOf(hub: Hub, organisationId: string, row: SessionRow): Promise<VisitorSession['queue']> {
  if (row.state !== 'waiting' || !row.waiting_since) return null;
  const [place, position] = await Promise.all([
    placesIn(hub, organisationId, row.group_id),
    placeOf(hub.db.org(organisationId), {
      id: row.id,
      groupId: row.group_id,
      since: row.waiting_since,
      priority: row.priority,
    }),
  ]);
  return place(position);
}
