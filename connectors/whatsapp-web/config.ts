import { z } from 'zod';
import type { Fields } from '../connector.ts';

export const fields: Fields = {
  note: {
    label: { zh: '备注', en: 'Note' },
    help: {
      zh: '只有同事能看到，例如这部手机由谁保管。',
      en: 'Only colleagues see it: who keeps this phone, for instance.',
    },
  },
};

/** Nothing is needed: the phone that scans the code is the account. */
export const config = z.object({ note: z.string().trim().max(200).optional() });
export type WebConfig = z.infer<typeof config>;
