/**
 * What arrives while the last batch is being worked on is the next batch: no timer, so one item alone waits for nothing,
 * and under load one commit serves many. `work` gives one outcome per item, in order. Items of different `lane`s never
 * share a batch.
 */
export function inBatches<T, R>(
  work: (lane: string, items: T[]) => Promise<PromiseSettledResult<R>[]>,
  most = 128,
): (lane: string, item: T) => Promise<R> {
  interface Asked {
    item: T;
    resolve: (value: R) => void;
    reject: (reason: unknown) => void;
  }
  const lanes = new Map<string, Asked[]>();

  async function run(lane: string, queue: Asked[]): Promise<void> {
    while (queue.length) {
      const batch = queue.splice(0, most);
      try {
        const results = await work(
          lane,
          batch.map((asked) => asked.item),
        );
        for (const [index, asked] of batch.entries()) {
          const result = results[index]!;
          if (result.status === 'fulfilled') asked.resolve(result.value);
          else asked.reject(result.reason);
        }
      } catch (error) {
        for (const asked of batch) asked.reject(error);
      }
    }
    lanes.delete(lane);
  }

  return (lane, item) =>
    new Promise<R>((resolve, reject) => {
      const queue = lanes.get(lane);
      if (queue) queue.push({ item, resolve, reject });
      else {
        const fresh = [{ item, resolve, reject }];
        lanes.set(lane, fresh);
        void run(lane, fresh);
      }
    });
}
