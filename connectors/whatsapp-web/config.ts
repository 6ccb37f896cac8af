import { z } from 'zod';
import type { Fields } from '../connector.ts';

/** Nothing is asked for: the phone that scans the code is the account. */
export const fields: Fields = {};
export const config = z.object({});
export type WebConfig = z.infer<typeof config>;
