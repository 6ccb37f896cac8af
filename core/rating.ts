/** Ratings (CS-01…CS-15): who is asked, what he is asked, what he answers, whom it counts for. All pure; times are epoch milliseconds. */
export { type Answer, fault, starsIn } from './rating/answer.ts';
export { classOf, counting, countsFor } from './rating/count.ts';
export { type Inviting, invite, inviteAtEnd, isOpen, oneSided } from './rating/invite.ts';
export { asPut, invitation } from './rating/put.ts';
export { type Asked, accepts, take } from './rating/take.ts';
