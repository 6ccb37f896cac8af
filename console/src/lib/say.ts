import { toast } from 'svelte-sonner';
import { ApiError } from './api.ts';
import { maybe, t } from './i18n/index.svelte.ts';

/** What went wrong and how to mend it, in the language of the screen. */
export function sentence(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.internal');
  const own = maybe(`error.${error.code}`);
  if (own) return own;
  return error.detail ?? t('error.internal');
}
/** Runs something and tells when it fails. Gives back whether it worked. */
export async function tried(act: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await act();
    if (done) toast.success(done);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast.error(sentence(error));
    return false;
  }
}
export { toast };
