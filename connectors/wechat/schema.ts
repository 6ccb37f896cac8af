import { z } from 'zod';

/**
 * What WeChat pushes (channels/wechat.md §4, §5), the same in XML and JSON. XML knows texts only and JSON writes some of
 * them as numbers, so every leaf is read as a text; missing and empty are the same. Strict where we build on a field,
 * lenient where it only decorates.
 */
const asText = (value: unknown) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === '' || value === null ? undefined : value;
};
/** A leaf that may be missing, empty or of a new shape. */
const some = z.preprocess(asText, z.string().optional().catch(undefined));
const needed = (max: number) => z.preprocess(asText, z.string().min(1).max(max));

/** Seconds since 1970. */
const seconds = z.preprocess(
  (value) => (typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value),
  z.int().nonnegative().max(8.64e12),
);

export const push = z.looseObject({
  ToUserName: some,
  FromUserName: z.preprocess(asText, z.string().min(1).max(100).optional()),
  CreateTime: seconds,
  MsgType: needed(60),
  MsgId: z.preprocess(asText, z.string().min(1).max(64).optional()),
  Event: z.preprocess(asText, z.string().min(1).max(100).optional()),
  EventKey: some,
  MsgID: some,
});
export type Push = z.infer<typeof push>;

/** Messages, by their MsgType. */
export const text = z.object({ Content: some, bizmsgmenuid: some });
export const image = z.object({ PicUrl: some, MediaId: some });
export const voice = z.object({ MediaId: some, Format: some });
export const video = z.object({ MediaId: some });
const degrees = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,3}(\.\d{1,20})?$/.test(value) ? Number(value) : value),
    z.number().min(-most).max(most).optional().catch(undefined),
  );
export const location = z.object({ Location_X: degrees(90), Location_Y: degrees(180), Label: some });
export const link = z.object({ Title: some, Description: some, Url: some });
export const miniProgramPage = z.object({
  Title: some,
  AppId: some,
  PagePath: some,
  ThumbUrl: some,
  ThumbMediaId: some,
});
export const file = z.object({ Title: some });
export const article = z.object({ MsgDataId: some, Idx: some });

/** Events, by their Event. */
const many = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.unknown()).transform((items) =>
      items.flatMap((one) => {
        const read = item.safeParse(one);
        return read.success ? [read.data] : [];
      }),
    ),
  );
const within = <T extends z.ZodRawShape>(inner: T) => z.object(inner).partial().optional().catch(undefined);

export const ticketed = z.object({ EventKey: some, Ticket: some });
export const whereabouts = z.object({ Latitude: degrees(90), Longitude: degrees(180), Precision: some });
export const scanned = z.object({ EventKey: some, ScanCodeInfo: within({ ScanType: some, ScanResult: some }) });
export const pictures = z.object({ EventKey: some, SendPicsInfo: within({ Count: some }) });
export const place = z.object({ EventKey: some, SendLocationInfo: within({ Label: some, Poiname: some }) });
export const job = z.object({ MsgID: some, Status: some });
export const desk = z.object({ KfAccount: some, CloseType: some, FromKfAccount: some, ToKfAccount: some });
export const entered = z.object({ SessionFrom: some });
export const withdrawn = z.object({ OpenID: some, openid: some, RevokeInfo: some });

const consent = z.object({ TemplateId: some, SubscribeStatusString: some });
const consents = within({ List: many(consent) });
/** In JSON the list stands by itself. */
export const subscription = z.object({
  SubscribeMsgPopupEvent: consents,
  SubscribeMsgChangeEvent: consents,
  List: many(consent),
});
const told = z.object({ MsgID: some, ErrorCode: some, ErrorStatus: some });
export const subscriptionSent = z.object({ SubscribeMsgSentEvent: within({ List: many(told) }), List: many(told) });
