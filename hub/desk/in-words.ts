import { Misconfigured, Refused, Retry } from '../../connectors/errors.ts';
import { Refusal } from '../../core/refusal.ts';

/** What the platform says no with, as a refusal the screen can show. */
export async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused || error instanceof Misconfigured)
      throw new Refusal('platform_refused', error.message, { platformCode: error.code });
    if (error instanceof Retry) throw new Refusal('platform_away', error.message);
    throw error;
  }
}
