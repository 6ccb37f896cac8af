import { ApiError } from './api.ts';
import { maybe } from './i18n/index.svelte.ts';

/** A form on its way to the hub: whether it is under way, and what the hub found wrong with it last time. */
export class Sending {
  busy = $state(false);
  error: ApiError | null = $state.raw(null);

  /** Sends. What the hub refuses stays in `error`; anything else is a bug and is thrown. Gives back whether it worked. */
  async run(send: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.error = null;
    try {
      await send();
      return true;
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      this.error = caught;
      return false;
    } finally {
      this.busy = false;
    }
  }
  /** What is wrong with the field at this path, in the language of the screen where it knows the words. */
  wrong = (path: string): string | undefined => {
    const message = this.error?.at(path);
    return message && (maybe(`wrong.${path}.${message}`) ?? maybe(`wrong.${path}`) ?? message);
  };
}
