import type { Frame } from '../../../hub/shapes/desk.ts';
import { api } from './api.ts';

/** Many may be left at once, and everybody hears of each: asked once for all of a moment. Milliseconds. */
const PAUSE = 300;

/** How many messages left nobody has taken on, of those I see; the hub counts no further than a hundred. */
class LeftCount {
  open = $state(0);
  #due: ReturnType<typeof setTimeout> | undefined;

  /** News of the stream; `ready` is the first of every connection. What I see is a matter of my groups as well. */
  hear(frame: Frame): void {
    if (frame.type === 'ready') void this.read();
    if (frame.type !== 'changed' || (frame.area !== 'leave-messages' && frame.area !== 'groups')) return;
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void this.read(), PAUSE);
  }
  async read(): Promise<void> {
    const counts = await api.get<{ open: number }>('/leave-messages/counts').catch(() => null);
    if (counts) this.open = counts.open;
  }
}
export const leftCount = new LeftCount();
