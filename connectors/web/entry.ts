import { z } from 'zod';
import type { Profile } from '../../core/inbound.ts';

/**
 * What a chat link or a snippet tells of a visit (CH-04, CH-05, CH-08, CH-15, CH-28): `source`, `group`, `agent`, `mode`,
 * `useWxjs`, facts of the visitor, and anything more as `field.<name>`. Anybody may write a link: nothing of this proves
 * who somebody is (`identity.ts` does); what is not understood is left out, never refused, so that no link ever fails.
 */
export interface Visit {
  /** For the session it opens. */
  entry: Record<string, string>;
  profile: Profile;
}

/** CH-04: the numbers integrators pass. */
const SOURCES: Record<string, string> = {
  '0': 'web',
  '1': 'wechat',
  '2': 'app',
  '3': 'weibo',
  '4': 'h5',
  '9': 'wecom',
  '10': 'mini-program',
};
const MOST_FIELDS = 30;
const text = (most: number) => z.string().trim().min(1).max(most);

const known: Record<string, z.ZodType<string>> = {
  source: text(40).transform((value) => SOURCES[value] ?? value),
  group: z.uuid(),
  agent: z.uuid(),
  mode: z.enum(['bot', 'human', 'human-only']),
  sdk: z.string().regex(/^\d{1,4}(\.\d{1,4}){0,3}$/),
  useWxjs: z.enum(['true', '1']).transform(() => 'true'),
};
const facts: Record<string, z.ZodType<string>> = {
  name: text(100),
  company: text(200),
  phone: text(40),
  email: text(200),
};

/** Reads the parameters of a link, or of what an identity token carries. */
export function readVisit(given: Record<string, unknown>): Visit {
  const entry: Record<string, string> = {};
  const told: Record<string, string> = {};
  const fields: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    const words = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    const entryValue = Object.hasOwn(known, key) ? known[key]!.safeParse(words) : undefined;
    const factValue = Object.hasOwn(facts, key) ? facts[key]!.safeParse(words) : undefined;
    if (entryValue?.success) entry[key] = entryValue.data;
    else if (factValue?.success) told[key] = factValue.data;
    else if (key.startsWith('field.') && Object.keys(fields).length < MOST_FIELDS) {
      const [name, words_] = [text(60).safeParse(key.slice(6)), text(500).safeParse(words)];
      if (name.success && words_.success) fields[name.data] = words_.data;
    }
  }
  return { entry, profile: { ...told, ...(Object.keys(fields).length && { fields }) } };
}
