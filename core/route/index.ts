/** Where a customer who asks for a person goes, and why. Its words are in `decision.ts`, the codes in `reasons.ts`. */
export { explainPlan } from '../plan.ts';
export { again, decide, explain } from './decide.ts';
export type { Asking, Trace, Via } from './decision.ts';
export { VIAS } from './decision.ts';
export { compileRoutes, type Routes } from './routes.ts';
