import { hasRight } from '../../core/desk.ts';
import { isMetered } from '../../core/window.ts';
import type { Me } from '../auth.ts';
import { canOf } from '../desk/rulebook.ts';
import type { Hub } from '../hub.ts';
import type { SessionDetail } from '../shapes/desk.ts';
import { placeOf } from '../store/arrivals.ts';
import type { SessionRow } from '../store/changes.ts';
import { ratingOf } from '../store/ratings.ts';
import { marksOf } from '../store/session-marks.ts';
import { showSession } from './session.ts';

/** One session with all that its page needs: what the channel carries, what is left of the right to write, what I may do. */
export async function showDetail(hub: Hub, me: Me, row: SessionRow): Promise<SessionDetail> {
  const [channel, { settings }, marks, rating, position] = await Promise.all([
    hub.rulebook.channelById(me.org.id, row.channel_id),
    hub.rulebook.rules(me.org.id),
    marksOf(me.org, me.member.id, [row.id]),
    row.marks.rated ? ratingOf(me.org, row.id) : null,
    row.state === 'waiting' && row.waiting_since
      ? placeOf(me.org, { id: row.id, groupId: row.group_id, since: row.waiting_since, priority: row.priority })
      : null,
  ]);
  const leads = me.member.role !== 'agent';
  const serving = row.state === 'serving';
  const mine = serving && row.agent_id === me.member.id;
  const takesPart = mine || (serving && row.participants.includes(me.member.id));
  const open = row.state !== 'closed';
  const right = (name: Parameters<typeof hasRight>[1]) => hasRight(me.member, name, settings.desk);
  const limit = channel && canOf(channel).window;
  return {
    ...(await showSession(hub, me.org.id, row, position, marks.get(row.id))),
    can: (channel ? canOf(channel) : {}) as Record<string, unknown>,
    window: limit
      ? {
          until: row.window_until?.toISOString() ?? null,
          sends: row.window_left,
          quota: limit.quota === 'push',
          metered: isMetered(limit),
          templates: channel?.connector.templates !== undefined,
        }
      : null,
    entry: row.entry,
    hushed: row.hushed,
    rating: leads || settings.desk.seeRatings ? rating : null,
    may: {
      reply: takesPart,
      accept: row.state === 'waiting' || (row.state === 'bot' && leads),
      transfer: open && (mine || leads) && right('mayTransfer'),
      end: open && (mine || leads),
      invite: takesPart && settings.ratings.on && !row.marks.rated,
      tag: takesPart || leads || row.agent_id === me.member.id,
      lock: open && (mine || leads) && right('mayPin'),
      pin: right('mayPin'),
      block: right('mayBlock'),
      participate: serving && (takesPart || leads),
      takeOffer: row.marks.offer?.to === me.member.id,
      withdraw: row.marks.offer !== undefined && (row.marks.offer.by === me.member.id || mine || leads),
    },
  };
}
