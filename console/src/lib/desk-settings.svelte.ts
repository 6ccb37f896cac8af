import type { z } from 'zod';
import type { Desk, Transfers } from '../../../core/settings/index.ts';
import { api } from './api.ts';
import { live } from './live.svelte.ts';

interface Read {
  desk: z.infer<typeof Desk>;
  transfers: z.infer<typeof Transfers>;
  ratings: boolean;
}

/** What of the settings an agent's desk is drawn by (SS-15): read once, kept fresh by news. Until then, the house's standard. */
class DeskSettings {
  newOnTop = $state(true);
  duration = $state(true);
  ratings = $state(true);
  #wanted = false;

  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    live.hear((frame) => {
      if (frame.type === 'changed' && frame.area === 'settings') void this.#read();
    });
    void this.#read();
  }
  async #read(): Promise<void> {
    const read = await api.get<Read>('/desk/settings').catch(() => null);
    if (!read) return;
    this.newOnTop = read.desk.newOnTop;
    this.duration = read.desk.duration;
    this.ratings = read.ratings;
  }
}
export const deskSettings = new DeskSettings();
