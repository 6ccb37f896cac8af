/** News for whoever listens. A listener that throws does not keep the others from hearing. */
export class Feed<News> {
  readonly #listeners = new Set<(news: News) => void>();

  publish(news: News): void {
    for (const listener of this.#listeners) {
      try {
        listener(news);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  /** Gives the way out. */
  subscribe(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
