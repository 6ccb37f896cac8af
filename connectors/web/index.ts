import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { defineConnector } from '../connector.ts';
import { BadRequest } from '../errors.ts';
import { readJson } from '../lib/json.ts';
import { can } from './can.ts';
import { fields } from './fields.ts';
import { toInbound } from './inbound.ts';
import { WebEvents } from './schema.ts';
import { visitorFrom } from './token.ts';
import { ways } from './ways.ts';

/** Nobody types this secret: left empty, it is made here once, when the channel is created and its config parsed. */
const secret = z.preprocess(
  (value) => value || undefined,
  z
    .string()
    .min(32)
    .max(200)
    .default(() => randomBytes(32).toString('base64url')),
);

/**
 * Our own web chat. It enters by the same door as every platform. There is no `send`: the visitor's page listens to
 * the live stream, and a message is sent when it is stored.
 */
export const web = defineConnector({
  name: 'web',
  label: { zh: '网页', en: 'Website' },
  mark: {
    ground: '#2f6fdd',
    path: 'M8 3.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 0 0 0-9.6M3.2 8h9.6M8 3.2c-2.6 2.7-2.6 6.9 0 9.6c2.6-2.7 2.6-6.9 0-9.6',
  },
  ways,
  fields: {
    secret: {
      label: { zh: '访客签名密钥', en: 'Visitor signing secret' },
      help: {
        zh: '留空即自动生成。更换后，所有访客会被当作新访客。',
        en: 'Leave empty to have one made. After a change every visitor counts as new.',
      },
      secret: true,
    },
    ...fields,
  },
  config: z.object({
    secret,
    identity: z.enum(['optional', 'required']).default('optional'),
    identitySecret: z.string().min(32).max(200).optional(),
    link: z.enum(['plain', 'encrypted']).default('plain'),
    linkSecret: z.string().min(32).max(200).optional(),
    linkPlainBelow: z
      .string()
      .regex(/^\d{1,4}(\.\d{1,4}){0,3}$/)
      .optional(),
  }),
  can,
  hosts: {},
  receive({ headers, body }, config) {
    const visitorId = visitorFrom(headers.authorization, config);
    const parsed = WebEvents.safeParse(readJson(body));
    if (!parsed.success) throw new BadRequest('not_web_events', where(parsed.error));
    const language = firstLanguage(headers['accept-language']);
    const events = parsed.data.events.map((event) => ({
      ...toInbound(visitorId, event),
      ...(language && { profile: { language } }),
    }));
    return { events, reply: { type: 'application/json', body: JSON.stringify({ accepted: events.length }) } };
  },
});

/** What the visitor's browser prefers, as a language tag; nothing where it does not say. */
function firstLanguage(header: string | undefined): string | undefined {
  return /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})\s*(?:[,;]|$)/i.exec(header ?? '')?.[1];
}

/** Where the shape is broken, never what was in it: a visitor's words do not belong into logs. */
function where(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.code}`)
    .join('; ');
}
