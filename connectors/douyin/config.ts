import { z } from 'zod';
import { Misconfigured } from '../errors.ts';
import { appConfig, type DouyinApp } from './app-config.ts';

/** One business account, put into our hands by a scan; `openId` is its id for this app only. */
export const config = z.strictObject({
  openId: z.string().min(1).max(200),
  /** What was granted, separated by commas. */
  scopes: z.string().max(1000).optional(),
  app: appConfig.optional(),
});
export type DouyinConfig = z.infer<typeof config>;

/** The app's own config. Throws Misconfigured for an account that lost its app. */
export function appOf({ app }: DouyinConfig): DouyinApp {
  if (!app) throw new Misconfigured('no_app', 'The Douyin app of this account is gone: authorise the account again.');
  return app;
}
