/** Keeps a promise per key; one that fails is not kept. The oldest goes when there are more than `most`. */
export function kept<T>(map: Map<string, Promise<T>>, key: string, most: number, make: () => Promise<T>): Promise<T> {
  let value = map.get(key);
  if (!value) {
    value = make();
    value.catch(() => map.delete(key));
    map.set(key, value);
    if (map.size > most) map.delete(map.keys().next().value!);
  }
  return value;
}
