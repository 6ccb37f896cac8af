import type { Org } from './org.ts';

/** How one member keeps a session in his own list: pinned, without a sound, starred (A-14…A-16). */
export interface OwnMarks {
  pinned: boolean;
  muted: boolean;
  starred: boolean;
}
export const NO_MARKS: OwnMarks = { pinned: false, muted: false, starred: false };

export async function marksOf(
  org: Org,
  memberId: string,
  sessionIds: readonly string[],
): Promise<Map<string, OwnMarks>> {
  if (!sessionIds.length) return new Map();
  const rows = await org
    .select('session_marks')
    .select(['session_id', 'pinned', 'muted', 'starred'])
    .where('member_id', '=', memberId)
    .where('session_id', 'in', sessionIds)
    .execute();
  return new Map(rows.map(({ session_id, ...marks }) => [session_id, marks]));
}

/** Only what is given changes. */
export async function setMarks(
  org: Org,
  memberId: string,
  sessionId: string,
  marks: Partial<OwnMarks>,
): Promise<OwnMarks> {
  return await org
    .insert('session_marks', { member_id: memberId, session_id: sessionId, ...NO_MARKS, ...marks })
    .onConflict((on) =>
      on
        .columns(['organisation_id', 'member_id', 'session_id'])
        .doUpdateSet(Object.keys(marks).length ? marks : { pinned: (eb) => eb.ref('session_marks.pinned') }),
    )
    .returning(['pinned', 'muted', 'starred'])
    .executeTakeFirstOrThrow();
}
