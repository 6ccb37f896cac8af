import type { Floor } from '../../core/floor.ts';
import { type HouseLanguage, houseLanguage } from '../../core/house-text.ts';
import type { Situation } from '../../core/situation.ts';
import type { Step } from '../../core/step.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { type Arrival, placeOf } from '../store/arrivals.ts';
import type { SessionRow } from '../store/changes.ts';
import type { Org } from '../store/org.ts';
import { type FloorView, lookAtFloor } from './floor.ts';
import { offHoursOf } from './off-hours.ts';
import { type CompiledRules, canOf, type OpenChannel } from './rulebook.ts';
import { sessionOf } from './view.ts';

/** Core asked who is at work, and nobody has looked yet. */
class NotLooked extends Error {}
const unseen = (): never => {
  throw new NotLooked();
};

/** Who is at work, looked at once for a batch, and only if a decision asks. */
export interface Desk {
  floor: FloorView | null;
}

/**
 * Lets core decide. Most messages need not know who is at work, and only core knows which do: it decides without, and when
 * it asks for the floor it decides again with it. Core is pure, so that costs nothing but the second look.
 */
export async function decided(
  hub: Hub,
  org: Org,
  rules: CompiledRules,
  desk: Desk,
  row: SessionRow | null,
  at: Situation,
  decide: (at: Situation) => Step[],
): Promise<Step[]> {
  try {
    return decide(at);
  } catch (error) {
    if (!(error instanceof NotLooked)) throw error;
  }
  desk.floor ??= await lookAtFloor(hub, org, rules);
  const ownPlace =
    row?.state === 'waiting' && row.waiting_since
      ? await placeOf(org, { id: row.id, groupId: row.group_id, since: row.waiting_since, priority: row.priority })
      : null;
  return decide(Object.defineProperties(at, { floor: { value: desk.floor }, ownPlace: { value: ownPlace } }));
}

/** All that core knows of a customer and his channel when it decides. */
export function situation(
  hub: Hub,
  channel: OpenChannel,
  person: Pick<Arrival, 'identity' | 'contact' | 'last'>,
  row: SessionRow | null,
  rules: CompiledRules,
  entry: Record<string, string> | undefined,
): Situation {
  const last = row ? null : person.last;
  const invitation = last?.marks.invited;
  const floor: Floor = { group: unseen, agent: unseen };
  return {
    session: row && sessionOf(row),
    channelId: channel.id,
    connector: channel.connector.name,
    channelGroupId: channel.groupId,
    rules,
    floor,
    at: hub.now(),
    get ownPlace(): number | null {
      return row?.state === 'waiting' ? unseen() : null;
    },
    tags: person.contact.tagIds,
    closedBy:
      last?.endedBy === 'agent' && last.agentId && last.closedAt
        ? { agentId: last.agentId, at: new Date(last.closedAt).getTime() }
        : null,
    rateable: last && invitation ? { sessionId: last.id, invitation, rated: last.marks.rated === true } : null,
    language: languageFor(channel, person.identity.language),
    mayEnd: channel.style?.end !== false && rules.settings.reception.visitorEnds,
    offHours: offHoursOf(channel, rules, hub.now()),
    window: canOf(channel).window,
    entry: row?.entry ?? entry,
    chance: Math.random(),
    newId,
    versions: rules.versions,
    group: (id) => rules.groups.get(id) ?? null,
  };
}

/** A web page may be set to one language for everybody. */
function pageLanguage(channel: Pick<OpenChannel, 'style'>): string | undefined {
  const language = channel.style?.language;
  return typeof language === 'string' && language !== 'auto' ? language : undefined;
}

/** In which language the house speaks to a customer: the page's, else what his platform tells of him (`tag`). */
export const languageFor = (
  channel: Pick<OpenChannel, 'style'> | null | undefined,
  tag: string | null | undefined,
): HouseLanguage => houseLanguage((channel && pageLanguage(channel)) ?? tag);
