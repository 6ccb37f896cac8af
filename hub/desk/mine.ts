import { type By, mustHave } from '../../core/desk.ts';
import type { Hub } from '../hub.ts';
import type { Org } from '../store/org.ts';
import { type OwnMarks, setMarks } from '../store/session-marks.ts';

/** Pins, mutes or stars a session in one member's own list; all his screens hear of it. Throws `not_allowed`. */
export async function keepMine(
  hub: Hub,
  org: Org,
  by: By,
  sessionId: string,
  marks: Partial<OwnMarks>,
): Promise<OwnMarks> {
  if (marks.pinned !== undefined) mustHave(by, 'mayPin', (await hub.rulebook.rules(org.id)).settings.desk);
  const kept = await setMarks(org, by.id, sessionId, marks);
  hub.live.publish(org.id, [{ kind: 'mine', memberId: by.id, sessionId }]);
  return kept;
}
