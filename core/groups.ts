import { z } from 'zod';
import { ref, spoken } from './settings/pieces.ts';

/** SG-01: letters of any script (Chinese, English …), digits, and what stands between words. Unique by `nameKey`. */
export const GroupName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._·&+/()（）-]*$/u);

/** Two groups with the same key have the same name for a reader: width, case and spaces make no difference. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** What an admin writes down for a group (SG-03, SG-05): texts of at most 1000 characters, and its time plan. */
export const GroupSettings = z.object({
  planId: ref('plan').nullable().default(null),
  greeting: spoken(false),
  offHours: spoken(false),
});
export type GroupSettings = z.infer<typeof GroupSettings>;

/**
 * SG-09, the last group in a session's record: a group; `other` (其他) where the one agent who served it is in none; `none` (--)
 * where several did and the last is in none, or nobody did. `takes`: who took it, first to last, and in which group's queue.
 */
export function lastGroup(
  takes: readonly { agentId: string; groupId: string | null }[],
  groupsOf: (agentId: string) => readonly string[],
): { kind: 'group'; groupId: string } | { kind: 'other' } | { kind: 'none' } {
  const last = takes.at(-1);
  if (!last) return { kind: 'none' };
  const own = groupsOf(last.agentId);
  const groupId = last.groupId !== null && own.includes(last.groupId) ? last.groupId : own[0];
  if (groupId !== undefined) return { kind: 'group', groupId };
  return new Set(takes.map(({ agentId }) => agentId)).size > 1 ? { kind: 'none' } : { kind: 'other' };
}
