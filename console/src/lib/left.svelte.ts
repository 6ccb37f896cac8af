import type { z } from 'zod';
import type { LeaveMessage } from '../../../hub/shapes/contacts.ts';
import { api, type Page } from './api.ts';

export type Left = z.infer<typeof LeaveMessage>;
export const STATES = ['open', 'working', 'done'] as const;
export type State = (typeof STATES)[number];

/** The messages customers left, newest first: of one state, or all. */
export class LeftList {
  state: State | null = $state(null);
  items: Left[] | null = $state.raw(null);
  next: string | null = $state(null);
  #turn = 0;

  /** Reads from the beginning. Throws ApiError. */
  async read(state: State | null = this.state): Promise<void> {
    const turn = ++this.#turn;
    if (state !== this.state) this.items = null;
    this.state = state;
    const page = await api.get<Page<Left>>('/leave-messages', { state });
    // Somebody looked elsewhere meanwhile.
    if (turn !== this.#turn) return;
    this.items = page.items;
    this.next = page.next;
  }
  async more(): Promise<void> {
    const turn = this.#turn;
    const page = await api.get<Page<Left>>('/leave-messages', { state: this.state, cursor: this.next });
    if (turn !== this.#turn) return;
    const known = new Set(this.items?.map((one) => one.id));
    this.items = [...(this.items ?? []), ...page.items.filter((one) => !known.has(one.id))];
    this.next = page.next;
  }
  /** What no longer is of this state leaves the list at the next reading, not under the hand. */
  async change(id: string, to: { state?: State; assigneeId?: string | null }): Promise<void> {
    const next = await api.patch<Left>(`/leave-messages/${id}`, to);
    this.items = this.items?.map((one) => (one.id === id ? next : one)) ?? null;
  }
}
