import { houseText } from '../house-text.ts';
import type { Inbound } from '../inbound.ts';
import type { Content, Rating } from '../message.ts';
import { type Asked, accepts, asPut, invite, isOpen, starsIn, take } from '../rating.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';

/**
 * Words, or a tap, that answer an invitation: the open session's, or that of the one that ended last where none is open.
 * Null: they are no rating, or typed when none is asked for any more; a tap on an old star still hears why not (CS-04).
 */
export function rateInWords(content: Content, at: Situation): Step[] | null {
  const asked = askedOf(at);
  if (!asked) return null;
  const { ratings } = at.rules.settings;
  const stars = starsIn(content, asPut(asked.invitation, ratings, at.language));
  if (stars === null) return null;
  const tapped = content.type === 'action' && content.data.startsWith('haina:rate:');
  if (!tapped && accepts(asked, ratings, at.at) !== 'yes') return null;
  return take({ stars, tags: [], resolved: null, comment: null }, asked, ratings, taking(at, null));
}

/** A page's answer, with tags and all (CS-10, CS-12). Without an invitation he invites himself (V-10). */
export function rate(event: Extract<Inbound, { kind: 'rate' }>, at: Situation): Step[] {
  const { ratings } = at.rules.settings;
  const own = at.session?.marks.invited && {
    invitation: at.session.marks.invited,
    rated: at.session.marks.rated === true,
  };
  const asked = [own, at.rateable].find(
    (one) => one && (event.invitationId === null || one.invitation.id === event.invitationId),
  );
  if (asked) {
    return take(event, asked, ratings, taking(at, asPut(asked.invitation, ratings, at.language)));
  }
  if (!at.session) return [];
  if (event.invitationId !== null) return [say('rateOver', at)];
  if (!at.session.marks.served) return [say('rateLater', at)];
  const [invited] = invite(ratings, selfInvited(at));
  if (invited?.do !== 'invite') return [];
  const put = asPut(invited, ratings, at.language);
  return [invited, ...take(event, { invitation: invited, rated: false }, ratings, taking(at, put))];
}

/** V-10: he wants to rate. An invitation that is still open is shown again, not made twice (CS-13). */
export function wishToRate(at: Situation): Step[] {
  const { ratings } = at.rules.settings;
  if (!ratings.on) return [];
  const asked = askedOf(at);
  if (asked && (isOpen(asked.invitation, at.at) || asked.rated)) {
    if (accepts(asked, ratings, at.at) === 'before') return [say('ratedBefore', at)];
    return [{ do: 'say', as: 'system', content: asPut(asked.invitation, ratings, at.language) }];
  }
  if (!at.session) return asked ? [say('rateOver', at)] : [];
  return at.session.marks.served ? invite(ratings, selfInvited(at)) : [say('rateLater', at)];
}

function askedOf(at: Situation): Asked | null {
  if (!at.session) return at.rateable;
  const { invited, rated } = at.session.marks;
  return invited ? { invitation: invited, rated: rated === true } : null;
}

/** Only what is needed: to look where he stands in the queue costs the hub a query. */
const taking = ({ at, language }: Situation, as: Rating | null) => ({ at, language, as });

const selfInvited = (at: Situation) =>
  ({ id: at.newId(), by: 'visitor', memberId: null, at: at.at, language: at.language }) as const;

const say = (key: 'rateOver' | 'ratedBefore' | 'rateLater', at: Situation): Step => ({
  do: 'say',
  as: 'system',
  content: { type: 'text', text: houseText(key, at.language) },
});
