import type { ContactTags, Desk, SessionTags } from '../../../core/settings/index.ts';
import { api } from './api.ts';
import { live } from './live.svelte.ts';

interface Read {
  desk: Desk;
  sessionTags: SessionTags['tags'];
  contactTags: ContactTags['groups'];
}

/** What agents may read of the settings: read once, kept fresh by news. Until then, the house's standard and no tags. */
class DeskSettings {
  /** */
  newOnTop = $state(true);
  /** Nothing is shown before it is known. */
  duration = $state(false);
  /** TR-07: agents may put customers on the blacklist. */
  mayBlock = $state(false);
  /** SS-24. */
  grades: Desk['grades'] = $state.raw([]);
  sessionTags: Read['sessionTags'] = $state.raw([]);
  contactTags: Read['contactTags'] = $state.raw([]);
  loaded = $state(false);
  /** How customers are named has changed (A-19, SS-16): the hub has other names for everybody on screen. */
  renamed: () => void = () => {};
  #names: string | null = null;
  #going: Promise<void> | null = null;

  /** Reads once; what is refused stays as it is until the next news. */
  want(): Promise<void> {
    if (!this.#going) {
      live.hear((frame) => {
        if (frame.type === 'changed' && frame.area === 'settings') void this.#read();
      });
      this.#going = this.#read();
    }
    return this.#going;
  }
  async #read(): Promise<void> {
    const read = await api.get<Read>('/desk/settings').catch(() => null);
    if (read) {
      this.newOnTop = read.desk.newOnTop;
      const names = JSON.stringify([read.desk.realName, read.desk.nickname]);
      if (this.#names !== null && this.#names !== names) this.renamed();
      this.#names = names;
      this.duration = read.desk.duration;
      this.mayBlock = read.desk.mayBlock;
      this.grades = read.desk.grades;
      this.sessionTags = read.sessionTags;
      this.contactTags = read.contactTags;
    }
    this.loaded = true;
  }
}
export const deskSettings = new DeskSettings();
