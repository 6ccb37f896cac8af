/** A map that forgets its oldest when it is full: a sandbox runs for weeks on a bench and must not grow. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #max: number;
  readonly #dropped: ((value: Value) => void) | undefined;
  constructor(max: number, dropped?: (value: Value) => void) {
    super();
    this.#max = max;
    this.#dropped = dropped;
  }

  override set(key: Key, value: Value): this {
    this.delete(key);
    super.set(key, value);
    for (const [oldest, held] of this) {
      if (this.size <= this.#max) break;
      this.delete(oldest);
      this.#dropped?.(held);
    }
    return this;
  }
}
