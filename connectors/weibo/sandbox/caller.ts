import type { Context } from 'hono';
import type { WeiboAccount } from './accounts.ts';
import { fail } from './answers.ts';
import type { Platform } from './platform.ts';

/** Whose token came with the call; a Response is Weibo's refusal. */
export function caller(c: Context, platform: Platform, token: string | undefined): WeiboAccount | Response {
  const { accounts, faults } = platform;
  if (!token) return fail(c, platform, 'source');
  const read = accounts.tokens.read(token);
  if (!read || faults.on('tokensRevoked')) return fail(c, platform, 'token');
  if (read.over || faults.on('tokensExpired')) return fail(c, platform, 'over');
  const known = accounts.all().length;
  const account = accounts.get(read.account);
  // After a restart the token is all that remembers which app the account let in.
  const app = accounts.appByKey(read.appKey);
  const forgotten = account.app.appKey !== read.appKey && !account.consented && app;
  if (forgotten) accounts.letIn(account, app);
  if (forgotten || accounts.all().length !== known) platform.publish();
  return account;
}
