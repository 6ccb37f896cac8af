export { LeaveForm } from './leave.tsx';
export { RatingCard } from './rating.tsx';
