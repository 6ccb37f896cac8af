import type { Org } from './org.ts';

export interface ShownRating {
  stars: number;
  tags: string[];
  resolved: boolean | null;
  comment: string | null;
  at: string;
}

/** The rating of a session that counts (CS-07); null: none yet. */
export async function ratingOf(org: Org, sessionId: string): Promise<ShownRating | null> {
  const row = await org
    .select('ratings')
    .select(['stars', 'tags', 'resolved', 'comment', 'at'])
    .where('session_id', '=', sessionId)
    .where('counts', '=', true)
    .executeTakeFirst();
  return row ? { ...row, at: row.at.toISOString() } : null;
}
