import type { Frame } from '../../../hub/shapes/desk.ts';
import type { Payment } from '../../../hub/shapes/pay.ts';
import { ApiError, api } from './api.ts';

export type { Merchant, Payment } from '../../../hub/shapes/pay.ts';

type Hub = Pick<typeof api, 'get' | 'post'>;

/** What became of requests for money, as the hub says; read again when the conversation tells that something moved. */
export class Payments {
  #hub: Hub;
  #byId: ReadonlyMap<string, Payment> = $state.raw(new Map());
  #reading = new Map<string, Promise<void>>();
  rights = $state.raw({ ask: false, refund: false });
  constructor(hub: Hub) {
    this.#hub = hub;
  }

  get(id: string): Payment | undefined {
    return this.#byId.get(id);
  }
  put(payment: Payment): void {
    this.#byId = new Map(this.#byId).set(payment.id, payment);
  }
  async learnRights(): Promise<void> {
    await quietly(async () => {
      this.rights = await this.#hub.get<{ ask: boolean; refund: boolean }>('/payments/rights');
    });
  }
  /** All of one session; any number of cards that ask at once are one request. */
  async read(sessionId: string): Promise<void> {
    let reading = this.#reading.get(sessionId);
    if (!reading) {
      reading = quietly(async () => {
        const { items } = await this.#hub.get<{ items: Payment[] }>(`/sessions/${sessionId}/payments`);
        this.#byId = new Map([...this.#byId, ...items.map((one) => [one.id, one] as const)]);
      }).finally(() => this.#reading.delete(sessionId));
      this.#reading.set(sessionId, reading);
    }
    await reading;
  }
  /** News of the stream. */
  hear(frame: Frame): void {
    if (frame.type === 'changed' && frame.area === 'settings') void this.learnRights();
    if (frame.type === 'ready')
      for (const id of new Set([...this.#byId.values()].map((one) => one.sessionId))) void this.read(id);
    if (frame.type !== 'event' || frame.event.type !== 'notice') return;
    const { what } = frame.event.data;
    if (typeof what === 'string' && what.startsWith('payment_')) void this.read(frame.sessionId);
  }
  async ask(sessionId: string, wish: { id: string; amount: number; description: string }): Promise<void> {
    this.put(await this.#hub.post<Payment>(`/sessions/${sessionId}/payments`, wish));
  }
  async close({ id, sessionId }: Payment): Promise<void> {
    this.put(await this.#hub.post<Payment>(`/sessions/${sessionId}/payments/${id}/close`));
  }
  async refund({ id, sessionId }: Payment, wish: { id: string; amount: number; reason?: string }): Promise<void> {
    this.put(await this.#hub.post<Payment>(`/sessions/${sessionId}/payments/${id}/refund`, wish));
  }
}

/** A card without its state is still a card; the next news reads it again. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
}

/**
 * An amount as people type it, in fen; null where it is none. Never through a fraction: 19.99 × 100 is not 1999.
 */
export function fenOf(text: string): number | null {
  const [, yuan, , cents = ''] = /^(\d{1,7})([.。](\d{0,2}))?$/.exec(text.trim().replace(/^[¥￥]\s*/, '')) ?? [];
  if (yuan === undefined) return null;
  const fen = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  return fen >= 1 && fen <= 100_000_000 ? fen : null;
}

export const payments = new Payments(api);
