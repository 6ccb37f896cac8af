import { Refusal } from '../refusal.ts';
import type { Session } from '../session.ts';
import type { Desk } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { type By, isIn, leads, mayRun } from './member.ts';
import { mustHave } from './right.ts';

/** no timer ends a locked session. For whoever serves it, where agents may pin, and who leads. */
export function lock(session: Session, by: By, on: boolean, desk: Pick<Desk, 'mayPin'>): Step[] {
  mayRun(session, by);
  mustHave(by, 'mayPin', desk);
  return session.locked === on ? [] : [{ do: 'lock', on, memberId: by.id }];
}

/** A session carries at most so many tags. */
export const MOST_TAGS = 50;

/** A-70, TG-04: whoever serves it, served it last or takes part, and who leads, puts tags on it, after its end as well. */
export function tag(
  session: Session,
  by: By,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Step[] {
  if (!leads(by) && !isIn(session, by.id)) throw new Refusal('not_your_session');
  const off = [...new Set(remove)].filter((id) => session.tagIds.includes(id) && !add.includes(id));
  const on = [...new Set(add)].filter((id) => !session.tagIds.includes(id));
  if (session.tagIds.length - off.length + on.length > MOST_TAGS) throw new Refusal('at_capacity');
  return [
    ...(off.length ? [{ do: 'tag', tagIds: off, on: false, memberId: by.id } as const] : []),
    ...(on.length ? [{ do: 'tag', tagIds: on, on: true, memberId: by.id } as const] : []),
  ];
}
