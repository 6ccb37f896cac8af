import type { DouyinApp } from './app-config.ts';

/** Without it nothing works; the person can untick it on the consent page. */
export const MESSAGES = 'im.direct_message';
/** Nice to have, with what each is for; ticked beforehand on the page. */
export const EXTRAS = [
  'im.recall_message',
  'im.multimedia_message',
  'tool.image.upload',
  'renew_refresh_token',
] as const;
export const REQUIRED = ['user_info', MESSAGES] as const;

export const listOf = (scopes: string | undefined): string[] => scopes?.split(/[,，\s]+/).filter(Boolean) ?? [];

/** What is asked for besides the required ones. */
export function extrasOf({ scopes }: Pick<DouyinApp, 'scopes'>): string[] {
  const wanted = scopes ? listOf(scopes) : [...EXTRAS];
  return [...new Set(wanted)].filter((scope) => !(REQUIRED as readonly string[]).includes(scope));
}

/** `false` only where we know what was granted: an answer without a list is no refusal. */
export const lacks = (granted: string | undefined, scope: string): boolean =>
  granted !== undefined && !listOf(granted).includes(scope);
