import { z } from '@hono/zod-openapi';
import { GroupName, GroupText } from '../../core/groups.ts';
import { sendableSchema } from '../../core/message.ts';
import { id, instant } from './common.ts';

/** Members, groups, channels, contacts, rules and words: what an admin sets and what a card shows. */

export const ROLES = ['owner', 'admin', 'supervisor', 'agent'] as const;
export const STATUSES = ['online', 'busy', 'invisible', 'away'] as const;
const name = z.string().trim().min(1).max(100);

export const Member = z
  .object({
    id,
    /** What colleagues and, where switched on, visitors see. */
    name,
    username: z.string(),
    email: z.string().nullable(),
    avatar: z.string().nullable(),
    role: z.enum(ROLES),
    status: z.enum(STATUSES),
    /** At least one screen of theirs is connected. */
    connected: z.boolean(),
    /** Sessions at the same time: 0 to 99, 0 takes none automatically. */
    cap: z.int().min(0).max(99),
    /** 1 to 10: who stands higher takes more, where matching looks at it (RT-12). */
    level: z.int().min(1).max(10),
    /** Said to the customer when they take a session; empty: nothing. */
    greeting: z.string().max(1000),
    /** Sessions being served now. */
    serving: z.int(),
    groupIds: z.array(id),
    disabled: z.boolean(),
  })
  .openapi('Member');

export const Preferences = z
  .object({
    language: z.enum(['zh-CN', 'en']).nullable().default(null),
    theme: z.enum(['system', 'light', 'dark']).default('system'),
    sendWith: z.enum(['enter', 'ctrl-enter']).default('enter'),
    sound: z.boolean().default(true),
    desktop: z.boolean().default(false),
  })
  .openapi('Preferences');

export const Me = z
  .object({
    member: Member,
    organisation: z.object({ id, name: z.string() }),
    preferences: Preferences,
    /** Connected sandboxes are there to be tried. */
    sandbox: z.boolean(),
  })
  .openapi('Me');

const groupMatter = {
  /** Its time plan of the hours document; null: the organisation's (SG-05). */
  planId: id.nullable(),
  /** In working time, after the customer's first words (SG-03, SG-04). */
  greeting: GroupText,
  /** After hours (SG-05). */
  offHours: GroupText,
  /** 0 to 100 by member; who is left out has 0 (RT-12). */
  skills: z.record(id, z.int().min(0).max(100)),
  /** Members who only help out when nobody else of the group has room (RT-13). */
  overflowMemberIds: z.array(id).max(5000),
};
export const Group = z
  .object({ id, name, memberIds: z.array(id), waiting: z.int(), createdAt: instant, ...groupMatter })
  .openapi('Group');

export const Contact = z
  .object({
    id,
    /** The real name where one was said. */
    name: z.string(),
    /** What the channel calls them, beside a real name; null: `name` is that. */
    nickname: z.string().nullable(),
    avatar: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    company: z.string().nullable(),
    remark: z.string().nullable(),
    fields: z.record(z.string(), z.string()),
    tagIds: z.array(id),
    starred: z.boolean(),
    /** On the blacklist (CT-05): nothing they write is heard. */
    blocked: z.object({ at: instant, by: id.nullable(), reason: z.string().nullable() }).nullable(),
    identities: z.array(
      z.object({
        id,
        channelId: id,
        connector: z.string(),
        channelName: z.string(),
        externalId: z.string(),
        name: z.string().nullable(),
        reachable: z.boolean(),
        lastSeenAt: instant.nullable(),
        more: z.record(z.string(), z.string()),
        /** Where and with what they wrote from last (CT-10, A-60); the region and network in Chinese. */
        ip: z.string().nullable(),
        region: z.string().nullable(),
        network: z.string().nullable(),
        terminal: z
          .object({
            device: z.enum(['desktop', 'mobile', 'tablet']).nullable(),
            os: z.string().nullable(),
            browser: z.string().nullable(),
          })
          .nullable(),
      }),
    ),
    createdAt: instant,
  })
  .openapi('Contact');

export const ContactPatch = z
  .object({
    name: z.string().trim().min(1).max(100),
    phone: z.string().trim().max(40).nullable(),
    email: z.string().trim().max(200).nullable(),
    company: z.string().trim().max(200).nullable(),
    remark: z.string().trim().max(2000).nullable(),
    fields: z.record(z.string().max(60), z.string().max(500)),
  })
  .partial()
  .openapi('ContactPatch');

export const AutoReply = z
  .object({
    id,
    name,
    /** Welcome: first to a new session. Keyword: when any of the words is hit (AR-01…04). */
    type: z.enum(['welcome', 'keyword']),
    enabled: z.boolean(),
    /** Of no channel: every channel. */
    channelIds: z.array(id),
    keywords: z
      .array(z.object({ text: z.string().trim().min(1).max(100), match: z.enum(['contains', 'equals']) }))
      .max(200),
    // Only a member asks for money, and an order stands behind it.
    replies: z.array(sendableSchema.refine((reply): boolean => reply.type !== 'payment', 'no payments')).max(20),
    mode: z.enum(['all', 'random']),
    order: z.int(),
  })
  .openapi('AutoReply');

export const WORDS = ['forced-human', 'keyword-to-human', 'forbidden', 'sensitive', 'reminder'] as const;
export const Word = z
  .object({
    id,
    kind: z.enum(WORDS),
    text: z.string().trim().min(1).max(100),
    match: z.enum(['contains', 'equals']),
    groupId: id.nullable(),
  })
  .openapi('Word');

/** Settings: one document an area, versioned. PUT with the version you read; 409 when somebody was faster. */
export const Reception = z
  .object({
    /** Ask for a person at once (`human`), or let the rules answer first (`bot`) (CH-08). */
    mode: z.enum(['bot', 'human']).default('bot'),
    fallback: z.string().max(2000).default(''),
    queued: z.string().max(500).default('').openapi({ description: '{position} is replaced; empty: the house text' }),
    noAgent: z.string().max(500).default(''),
    closing: z.string().max(500).default(''),
    /** SW-04: keyword-to-human fails without a word when nobody is there. */
    silentKeyword: z.boolean().default(true),
    showAgentName: z.boolean().default(true),
    dispatcher: z.string().max(60).default(''),
  })
  .openapi('Reception');

export const Routing = z
  .object({
    /** First match wins (RT-01, RT-05); a channel's own group comes before. */
    rules: z
      .array(z.object({ channelId: id, groupId: id }))
      .max(500)
      .default([]),
    fallbackGroupId: id.nullable().default(null),
  })
  .openapi('Routing');

export const Alert = z
  .object({
    id,
    kind: z.enum([
      'forbidden',
      'sensitive',
      'reminder',
      'channel',
      'parked',
      'payment',
      'queue',
      'agent-silent',
      'transfer',
    ]),
    at: instant,
    sessionId: id.nullable(),
    channelId: id.nullable(),
    /** The customer it happened with. */
    contact: z.string().nullable(),
    member: z.string().nullable(),
    memberId: id.nullable(),
    text: z.string(),
    words: z.array(z.string()),
    seen: z.boolean(),
  })
  .openapi('Alert');

export const Parked = z
  .object({
    id,
    channelId: id,
    connector: z.string(),
    at: instant,
    error: z.string(),
    bytes: z.int(),
    attempts: z.int(),
    replayedAt: instant.nullable(),
  })
  .openapi('Parked');

export const Stored = z
  .object({
    id,
    url: z.string(),
    previewUrl: z.string().nullable(),
    mime: z.string(),
    size: z.int(),
    name: z.string(),
    width: z.int().nullable(),
    height: z.int().nullable(),
  })
  .openapi('Stored');

export type Member = z.infer<typeof Member>;
export type Contact = z.infer<typeof Contact>;
export type Group = z.infer<typeof Group>;
export type AutoReply = z.infer<typeof AutoReply>;
export type Reception = z.infer<typeof Reception>;
export type Routing = z.infer<typeof Routing>;
export type Me = z.infer<typeof Me>;
export type Preferences = z.infer<typeof Preferences>;
export type Stored = z.infer<typeof Stored>;
export type Alert = z.infer<typeof Alert>;

/** What people choose; the answer to a wrong one names the field. */
export const password = z.string().min(8).max(128);
export const username = z
  .string()
  .trim()
  .min(2)
  .max(30)
  .regex(/^[\p{L}\p{N}_.-]+$/u);
export const email = z.email().max(200);
/** A picture's address: one of ours or the platform's. */
export const avatar = z
  .string()
  .max(2000)
  .regex(/^(https?:\/\/|\/)/);

export const SetupState = z.object({ needsOwner: z.boolean(), sandbox: z.boolean() }).openapi('SetupState');
export const SetupRequest = z
  .object({ organisation: name, name, username, email: email.optional(), password })
  .openapi('SetupRequest');
export const MePatch = z
  .object({
    name,
    avatar: avatar.nullable(),
    status: z.enum(STATUSES),
    cap: z.int().min(0).max(99),
    // Without the defaults: what is not named stays as it was.
    preferences: z
      .object({
        language: z.enum(['zh-CN', 'en']).nullable(),
        theme: z.enum(['system', 'light', 'dark']),
        sendWith: z.enum(['enter', 'ctrl-enter']),
        sound: z.boolean(),
        desktop: z.boolean(),
      })
      .partial(),
  })
  .partial()
  .openapi('MePatch');
export const PasswordChange = z.object({ current: z.string().max(128), next: password }).openapi('PasswordChange');
export const NewMember = z
  .object({
    name,
    username,
    email: email.optional(),
    password,
    role: z.enum(ROLES),
    groupIds: z.array(id).max(500).optional(),
    cap: z.int().min(0).max(99).optional(),
    level: z.int().min(1).max(10).optional(),
    greeting: z.string().trim().max(1000).optional(),
  })
  .openapi('NewMember');
export const MemberPatch = z
  .object({
    name,
    role: z.enum(ROLES),
    cap: z.int().min(0).max(99),
    level: z.int().min(1).max(10),
    greeting: z.string().trim().max(1000),
    groupIds: z.array(id).max(500),
    disabled: z.boolean(),
    password,
  })
  .partial()
  .openapi('MemberPatch');
export const GroupInput = z
  .object({ name: GroupName, memberIds: z.array(id).max(5000), ...z.object(groupMatter).partial().shape })
  .openapi('GroupInput');

export const AutoReplyInput = z
  .object({
    ...AutoReply.shape,
    enabled: z.boolean().default(true),
    channelIds: z.array(id).max(500).default([]),
    mode: z.enum(['all', 'random']).default('all'),
  })
  .omit({ id: true, order: true })
  .extend({ name, keywords: AutoReply.shape.keywords.default([]), replies: AutoReply.shape.replies.default([]) })
  .openapi('AutoReplyInput');
export const AutoReplyPatch = z
  .object({
    name,
    type: z.enum(['welcome', 'keyword']),
    enabled: z.boolean(),
    channelIds: z.array(id).max(500),
    keywords: AutoReply.shape.keywords,
    replies: AutoReply.shape.replies,
    mode: z.enum(['all', 'random']),
  })
  .partial()
  .openapi('AutoReplyPatch');

/** At most this many in one request. */
export const MOST_WORDS = 100_000;
export const NewWords = z
  .object({
    kind: z.enum(WORDS),
    words: z
      .array(
        z.object({
          text: z.string().trim().min(1).max(100),
          match: z.enum(['contains', 'equals']).optional(),
          groupId: id.nullable().optional(),
        }),
      )
      .min(1)
      .max(MOST_WORDS),
  })
  .openapi('NewWords');
export const WordHits = z
  .object({ hits: z.array(z.object({ kind: z.enum(WORDS), word: z.string(), start: z.int(), end: z.int() })) })
  .openapi('WordHits');

export const AuditEntry = z
  .object({
    id,
    at: instant,
    member: z.object({ id, name: z.string() }).nullable(),
    /** `member.changed`, `channel.created` … */
    action: z.string(),
    /** The id, or the name, of what was changed. */
    subject: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .openapi('AuditEntry');
