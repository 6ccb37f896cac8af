import { recorded } from '../floor.ts';
import { AFTER_HOURS } from '../off-hours.ts';
import type { Asking, Decision, Trace, Via } from '../route/decision.ts';
import { decide } from '../route/index.ts';
import type { Situation } from '../situation.ts';

/** A person is asked for: the decision, and all it was made on. `groupId`: of the menu item or the keyword. */
export function decideOn(via: Via, groupId: string | null, at: Situation): { decision: Decision; trace: Trace } {
  const asking: Asking = {
    at: at.at,
    via,
    channelId: at.channelId,
    connector: at.connector,
    channelGroupId: at.channelGroupId,
    tags: at.tags,
    entry: at.entry ?? {},
    chosenGroupId: groupId,
    closedBy: at.closedBy,
    ...(at.offHours && { afterHours: AFTER_HOURS[at.offHours.show] }),
  };
  const floor = recorded(at.floor);
  const decision = decide(asking, at.rules.routes, floor);
  return { decision, trace: { asking, seen: floor.seen, versions: at.versions, decision } };
}
