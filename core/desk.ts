/** What members do with a session. Each function gives the steps, or throws a Refusal that the screen can explain. */
export { accept } from './desk/accept.ts';
export { type Invited, inviteNow } from './desk/invite.ts';
export { lock, MOST_TAGS, tag } from './desk/mark.ts';
export { type By, leads, type Member, mayRun as mayEnd } from './desk/member.ts';
export { mayReply, RECALL_MS, recall, reply } from './desk/reply.ts';
export { hasRight, mustHave } from './desk/right.ts';
export { mayHear, maySee, OWN_ALERTS } from './desk/see.ts';
export { join, MOST_PARTICIPANTS, part } from './desk/share.ts';
export { answerOffer, failed, type Target, transfer, withdraw } from './desk/transfer.ts';
