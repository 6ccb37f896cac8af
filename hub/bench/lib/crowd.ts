/** When every screen of one side has heard the word of the moment. */
export class Crowd {
  #missing = 0;
  #word = '';
  #done = () => {};
  frames = 0;
  hear(text: string): void {
    this.frames++;
    if (this.#missing && text.includes(this.#word) && text.startsWith(this.starts) && --this.#missing === 0)
      this.#done();
  }
  readonly starts: string;
  constructor(starts: string) {
    this.starts = starts;
  }
  /** Milliseconds from `send` until the last of `count` has heard `word`. */
  async time(word: string, count: number, send: () => void): Promise<number> {
    this.#word = word;
    this.#missing = count;
    const heard = new Promise<void>((resolve) => (this.#done = resolve));
    const from = performance.now();
    send();
    const late = setTimeout(() => {
      throw new Error(`${this.#missing} screens of ${count} did not hear.`);
    }, 10_000);
    await heard;
    clearTimeout(late);
    return performance.now() - from;
  }
}
