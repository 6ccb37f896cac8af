import type { Settings } from '../../core/settings/index.ts';
import type { Finding } from './check.ts';

/** What core finds wrong with a whole house's settings. */
export const findings: (settings: Settings) => Finding[] = () => [];
