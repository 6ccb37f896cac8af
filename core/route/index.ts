/** Where a customer who asks for a person goes, and why. */
export { explainPlan, type Manner, planFor } from '../plan.ts';
export { compileQueues, estimate, overflow, type QueueRules } from '../queue.ts';
export { type About, holds, type WhenCode } from '../when.ts';
export { again, decide, explain } from './decide.ts';
export {
  type Asking,
  type DecidedBy,
  type Decision,
  type Outcome,
  type Reason,
  type Trace,
  VIAS,
  type Via,
} from './decision.ts';
export { REASON_CODES, REASONS, type ReasonCode } from './reasons.ts';
export { compileRoutes, type RouteSettings, type Routes } from './routes.ts';
