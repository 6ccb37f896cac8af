import { blank, type EndReason, type Happening, NO_LEVEL, type Session } from './session.ts';

/**
 * What each event makes of a session. The hub writes events and lets this function change the row; replaying the events
 * of a session therefore gives its row. Changes the session it is given. Events that change nothing are not named.
 */
export function advance(session: Session, event: Happening): void {
  const { at, data } = event;
  const { marks } = session;
  switch (event.type) {
    case 'message':
      spoke(session, event);
      return;
    case 'waiting': {
      const lostBy = data?.lost ? session.agentId : null;
      session.state = 'waiting';
      session.groupId = (data?.groupId as string | null) ?? null;
      session.agentId = null;
      session.waitingSince = (data?.since as number | undefined) ?? at;
      session.servedSince = null;
      session.priority = (data?.priority as number | undefined) ?? NO_LEVEL;
      session.wanted = (data?.wanted as Session['wanted'] | undefined) ?? null;
      session.marks = without(
        marks,
        'waitReminded',
        'waitRemindedAt',
        'waitOver',
        'offer',
        'leaving',
        'alarmed',
        'reminded',
        'remindedAt',
        'lostBy',
      );
      session.marks.toldAt = at;
      session.marks.stateAt = at;
      if (lostBy) session.marks.lostBy = lostBy;
      return;
    }
    case 'ranked':
      session.priority = data?.priority as number;
      return;
    case 'released':
      session.wanted = null;
      return;
    case 'left':
      session.state = 'bot';
      session.waitingSince = null;
      session.wanted = null;
      session.marks.stateAt = at;
      return;
    case 'served':
      session.state = 'serving';
      session.agentId = event.actorId;
      session.servedSince = at;
      session.wanted = null;
      session.marks = without(
        marks,
        'offer',
        'leaving',
        'menu',
        'alarmed',
        'reminded',
        'remindedAt',
        'place',
        'lostBy',
      );
      session.marks.served = true;
      if (event.actorId) session.marks.servedBy = event.actorId;
      session.marks.stateAt = at;
      if (session.waitingSince !== null) session.marks.place = session.waitingSince;
      session.waitingSince = null;
      return;
    case 'offered':
      marks.offer = data as unknown as NonNullable<Session['marks']['offer']>;
      return;
    case 'offer-ended':
      delete marks.offer;
      return;
    case 'hushed':
      session.hushed = true;
      return;
    case 'locked':
      session.locked = data?.on === true;
      return;
    case 'joined':
      session.participants = [...session.participants.filter((id) => id !== data?.memberId), data?.memberId as string];
      return;
    case 'parted':
      session.participants = session.participants.filter((id) => id !== data?.memberId);
      return;
    case 'tagged':
      session.tagIds = [...new Set([...session.tagIds, ...tagsIn(data)])];
      return;
    case 'untagged':
      session.tagIds = session.tagIds.filter((id) => !tagsIn(data).includes(id));
      return;
    case 'alarm':
      marks.alarmed = true;
      return;
    case 'reminded':
      marks.reminded = (marks.reminded ?? 0) + 1;
      marks.remindedAt = at;
      return;
    case 'wait-reminded':
      marks.waitReminded = (marks.waitReminded ?? 0) + 1;
      marks.waitRemindedAt = at;
      return;
    case 'wait-over':
      marks.waitOver = true;
      return;
    case 'leaving':
      if (data?.on) marks.leaving = true;
      else delete marks.leaving;
      return;
    case 'left-message':
      delete marks.leaving;
      return;
    case 'invited':
      marks.invited = data as unknown as NonNullable<Session['marks']['invited']>;
      return;
    case 'rated':
      marks.rated = true;
      return;
    case 'closed':
      session.state = 'closed';
      session.closedAt = at;
      session.endedBy = event.actor === 'visitor' || event.actor === 'agent' ? event.actor : 'system';
      session.endReason = (data?.reason as EndReason | undefined) ?? null;
      session.waitingSince = null;
      session.unansweredSince = null;
      session.wanted = null;
      session.marks = without(marks, 'offer', 'leaving', 'menu', 'alarmed');
      return;
  }
}

const tagsIn = (data: Happening['data']): readonly string[] => (data?.tagIds as string[] | undefined) ?? [];

function spoke(session: Session, { actor, at, data }: Happening): void {
  const { marks } = session;
  if (actor === 'visitor') {
    marks.visitorAt = at;
    marks.heard = true;
    if (marks.served) marks.visitor = (marks.visitor ?? 0) + 1;
    if (marks.served) marks.streak = Math.max(marks.streak ?? 0, 0) + 1;
    delete marks.reminded;
    delete marks.remindedAt;
    if (session.state !== 'closed') session.unansweredSince ??= at;
    return;
  }
  if (actor === 'agent') {
    marks.agentAt = at;
    if (marks.served) marks.agent = (marks.agent ?? 0) + 1;
    if (marks.served) marks.streak = Math.min(marks.streak ?? 0, 0) - 1;
    delete marks.alarmed;
    delete marks.reminded;
    delete marks.remindedAt;
    session.unansweredSince = null;
    return;
  }
  if (Array.isArray(data?.menu)) marks.menu = data.menu as NonNullable<typeof marks.menu>;
  if (typeof data?.said === 'string') marks.said = [...new Set([...(marks.said ?? []), data.said])];
  if (data?.told) marks.toldAt = at;
}

function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): T {
  const copy = { ...value };
  for (const key of keys) delete copy[key];
  return copy;
}

/** The session that these events, all of them and in order, have made. The first is `opened`. */
export function replay(id: string, channelId: string, events: readonly Happening[]): Session {
  const session = blank(id, channelId, events[0]!.at);
  for (const event of events) advance(session, event);
  return session;
}
