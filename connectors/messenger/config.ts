import { z } from 'zod';
import type { Fields } from '../connector.ts';
import * as meta from '../lib/graph/fields.ts';
import type { Speaker } from '../lib/graph/page/speaker.ts';
import { manner } from './errors.ts';

/** What an admin copies from Meta's pages, and below what upkeep has learnt of the page and the app. */
export const config = z.strictObject({
  pageId: meta.shapes.id,
  accessToken: meta.shapes.accessToken,
  appSecret: meta.shapes.appSecret,
  verifyToken: meta.shapes.verifyToken,
  version: meta.shapes.version,
  humanAgent: z.preprocess(meta.blank, z.enum(['no', 'yes']).default('no')),
  appId: z.string().max(200).optional(),
  pageName: z.string().max(200).optional(),
});
export type MessengerConfig = z.infer<typeof config>;

export const fields: Fields = {
  pageId: meta.pageIdField,
  accessToken: meta.pageTokenField,
  appSecret: meta.appSecretField,
  verifyToken: meta.verifyTokenField,
  version: meta.versionField,
  humanAgent: {
    label: { zh: '人工客服权限（Human Agent）', en: 'Human Agent permission' },
    help: { zh: '应用审核通过后，7 天内都可回复。', en: 'Once Meta approved it for the app: replies within 7 days.' },
    choices: [
      { value: 'no', label: { zh: '没有：24 小时', en: 'No: 24 hours' } },
      { value: 'yes', label: { zh: '已获批：7 天', en: 'Approved: 7 days' } },
    ],
  },
};

/** The page as it speaks. */
export const speaker = ({ pageId, version, accessToken }: MessengerConfig): Speaker => ({
  pageId,
  access: { version, token: accessToken },
  manner,
});
