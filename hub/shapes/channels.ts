import { z } from '@hono/zod-openapi';
import { OFF_HOURS } from '../../core/off-hours.ts';
import { id, instant } from './common.ts';

/** Channels and apps: what is connected, how it is connected, and how it does. */

const name = z.string().trim().min(1).max(100);
const both = z.object({ zh: z.string(), en: z.string() });

export const WebStyle = z
  .object({
    /** `#rrggbb` */
    background: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#1f6feb'),
    foreground: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i)
      .default('#ffffff'),
    size: z.enum(['small', 'medium', 'large']).default('medium'),
    /** Pixels. */
    bottom: z.int().min(0).max(400).default(24),
    right: z.int().min(0).max(400).default(24),
    width: z.int().min(280).max(900).default(400),
    height: z.int().min(320).max(1200).default(640),
    /** Phones: per cent of the screen's height. */
    mobileHeight: z.int().min(40).max(100).default(100),
    title: z.string().max(60).default(''),
    announcement: z.string().max(300).default(''),
    logo: z.string().max(4000).nullable().default(null),
    language: z.enum(['auto', 'zh-CN', 'en', 'ja']).default('auto'),
    /** Buttons the visitor gets (V-04). */
    human: z.boolean().default(true),
    /** May a visitor rate without having been asked (V-10), and leave a message in the chat (V-40)? */
    rate: z.boolean().default(true),
    leave: z.boolean().default(true),
    /** Which of the two stand above the field as shortcuts as well (V-04); `human` always does. */
    shortcuts: z
      .array(z.enum(['rate', 'leave']))
      .max(2)
      .default(['rate', 'leave']),
    /** May a visitor end the session (V-11)? */
    end: z.boolean().default(true),
    /**
     * V-39: after hours. `house`: as the reception settings say. `form`: asks for a message at once. `text`: shows a text.
     * `chat`: the chat as ever, and who asks for a person waits for the morning. The hours are those of the channel's group.
     */
    offHours: z.enum(['house', ...OFF_HOURS]).default('house'),
    /** For `text`; `{hours}` is when somebody is there again. Empty: the group's, the organisation's or the house's. */
    offHoursText: z.string().max(1000).default(''),
  })
  .openapi('WebStyle');

export type WebStyle = z.infer<typeof WebStyle>;

/** What was found when an account was tried, in both languages. */
export const Point = z.object({
  /** A stable name of what was tried. */
  code: z.string().nullable(),
  ok: z.boolean(),
  what: both,
  mend: both.nullable(),
  /** Something to open or to show as a QR code. */
  url: z.string().nullable(),
});
export const CheckResult = z.object({ points: z.array(Point) }).openapi('CheckResult');
export type CheckResult = z.infer<typeof CheckResult>;

const state = z.enum(['new', 'ok', 'attention']);
const values = z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]));

export const Channel = z
  .object({
    id,
    connector: z.string(),
    name,
    key: z.string(),
    enabled: z.boolean(),
    groupId: id.nullable(),
    /** The channel group it stands in (CH-02), and its place there. */
    folderId: id.nullable(),
    order: z.int(),
    avatar: z.string().nullable(),
    intro: z.string().nullable(),
    sandbox: z.boolean(),
    /** The app it was connected through, and the platform's id of the account. */
    appId: id.nullable(),
    account: z.string().nullable(),
    /** The connect form's values; a secret shows as `true` when set. */
    config: values,
    /** Values we made, to be copied to the platform; admins only. */
    made: z.record(z.string(), z.string()),
    style: WebStyle.nullable(),
    health: z.object({
      state,
      /** A stable code and the platform's words when attention is needed. */
      code: z.string().nullable(),
      text: z.string().nullable(),
      points: z.array(Point),
      lastInboundAt: instant.nullable(),
      /** The platform should have reached us since then. */
      silentSince: instant.nullable(),
    }),
    /** It stops working then unless somebody authorises again. */
    expiresAt: instant.nullable(),
    /** A lasting connection's state; its QR code is for admins. */
    link: z
      .object({
        state: z.enum(['starting', 'connecting', 'qr', 'code', 'ready', 'disconnected', 'failed']),
        qr: z.string().optional(),
        code: z.string().optional(),
        account: z.string().optional(),
        name: z.string().optional(),
        reason: z.string().optional(),
        at: instant,
      })
      .nullable(),
    callbackUrl: z.string().nullable(),
    /** Web only: the page, and the snippet to paste (CH-12…14). */
    chatUrl: z.string().nullable(),
    snippet: z.string().nullable(),
    createdAt: instant,
  })
  .openapi('Channel');
export type Channel = z.infer<typeof Channel>;

export const Field = z.object({
  key: z.string(),
  label: both,
  help: both.nullable(),
  secret: z.boolean(),
  required: z.boolean(),
  placeholder: z.string().nullable(),
  choices: z.array(z.object({ value: z.string(), label: both })).nullable(),
  /** We make one where none is given. */
  make: z.boolean(),
  lines: z.boolean(),
});
export const ConnectorInfo = z
  .object({
    name: z.string(),
    /** Connectors of one platform stand together. */
    platform: z.string(),
    label: both,
    mark: z.object({ ground: z.string(), path: z.string() }).nullable(),
    ways: z.array(
      z.object({
        kind: z.enum(['fields', 'app', 'link']),
        app: z.string().nullable(),
        label: both,
        text: both,
        guide: z.array(both),
      }),
    ),
    fields: z.array(Field),
    can: z.record(z.string(), z.unknown()),
    hasCheck: z.boolean(),
    hasTemplates: z.boolean(),
    sandbox: z.object({ url: z.string() }).nullable(),
  })
  .openapi('ConnectorInfo');
export type ConnectorInfo = z.infer<typeof ConnectorInfo>;

export const AppInfo = z
  .object({
    name: z.string(),
    label: both,
    text: both,
    connectors: z.array(z.string()),
    fields: z.array(Field),
    guide: z.array(both),
    hasCheck: z.boolean(),
    sandbox: z.object({ url: z.string() }).nullable(),
  })
  .openapi('AppInfo');
export type AppInfo = z.infer<typeof AppInfo>;

export const App = z
  .object({
    id,
    kind: z.string(),
    name,
    config: values,
    made: z.record(z.string(), z.string()),
    /** What is entered at the platform. */
    addresses: z.array(z.object({ label: both, value: z.string() })),
    health: z.object({
      state,
      code: z.string().nullable(),
      text: z.string().nullable(),
      lastInboundAt: instant.nullable(),
    }),
    /** Channels connected through it. */
    channels: z.int(),
    sandbox: z.boolean(),
    createdAt: instant,
  })
  .openapi('App');
export type App = z.infer<typeof App>;

export const configInput = z.record(z.string().max(60), z.union([z.string().max(10_000), z.boolean(), z.null()]));
export const NewApp = z.object({ kind: z.string().max(60), name, config: configInput.default({}) }).openapi('NewApp');
export const AppPatch = z.object({ name, config: configInput }).partial().openapi('AppPatch');

/** A consent under way: `url` is opened by a click, `phoneUrl` scanned with the platform's app. */
export const Consent = z
  .object({ state: z.string(), url: z.string(), phoneUrl: z.string().nullable(), until: instant })
  .openapi('Consent');
export const ConsentState = z
  .object({
    status: z.enum(['waiting', 'done', 'failed', 'expired']),
    channelIds: z.array(id),
    code: z.string().nullable(),
    text: z.string().nullable(),
    points: z.array(Point),
  })
  .openapi('ConsentState');

export const ChannelGroup = z.object({ id, name, order: z.int() }).openapi('ChannelGroup');
export type ChannelGroup = z.infer<typeof ChannelGroup>;

/** Colours and places of the web plugin; what is not named stays as it was. */
export const WebStylePatch = z
  .object(
    Object.fromEntries(
      Object.entries(WebStyle.shape).map(([key, field]) => [key, field.unwrap().optional()]),
    ) as unknown as { [K in keyof WebStyle]: z.ZodOptional<z.ZodType<WebStyle[K]>> },
  )
  .openapi('WebStylePatch');
const more = {
  folderId: id.nullable(),
  avatar: z.string().max(4000).nullable(),
  intro: z.string().trim().max(500).nullable(),
};
export const NewChannel = z
  .object({
    connector: z.string().max(60),
    name,
    config: configInput.default({}),
    groupId: id.nullable().optional(),
    folderId: more.folderId.optional(),
    intro: more.intro.optional(),
    style: WebStylePatch.optional(),
  })
  .openapi('NewChannel');
export const ChannelPatch = z
  .object({
    name,
    enabled: z.boolean(),
    groupId: id.nullable(),
    ...more,
    order: z.int().min(0).max(100_000),
    /** A field that is absent, and a secret that is `true`, stay as they are; empty or null takes a value away. */
    config: configInput,
    style: WebStylePatch,
  })
  .partial()
  .openapi('ChannelPatch');

/** What an admin wants of a lasting connection. `phone`: digits, with the country's, for `pair`. */
export const LinkWish = z
  .object({
    do: z.enum(['open', 'pair', 'logout']),
    phone: z
      .string()
      .regex(/^\d{6,15}$/)
      .optional(),
  })
  .refine((wish) => wish.do !== 'pair' || wish.phone !== undefined, { path: ['phone'], message: 'needed' })
  .openapi('LinkWish');
