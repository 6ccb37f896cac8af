import { z } from 'zod';

/**
 * SG-01: letters of any script (Chinese, English …), digits, and what stands between words. Width and spaces are made alike,
 * so that two names which read the same are the same, and the table of groups takes each once.
 */
export const GroupName = z
  .string()
  .overwrite((name) => name.normalize('NFKC').replace(/\s+/g, ' ').trim())
  .min(1)
  .max(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._·&+/()-]*$/u);

/** SG-03, SG-05: a greeting or an off-hours text: words only, 1000 characters at most, with a switch. */
export const GroupText = z.object({ on: z.boolean(), text: z.string().max(1000) });

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
