/** It took too long. */
export class TooLate extends Error {
  override name = 'TooLate';
}

/** What the work gives, or TooLate after so many milliseconds; the work itself goes on and its end is not missed. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`No answer within ${ms} ms.`)), ms);
  });
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** So many milliseconds; whoever only waits does not keep the process. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());
