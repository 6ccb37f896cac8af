import type { Component } from './components.ts';
import { TICKET_EVERY } from './components.ts';
import { AUTH_CODE_LIFE } from './grants.ts';
import type { Platform } from './platform.ts';
import type { Pushes } from './pushes.ts';
import type { Judged } from './verdict.ts';

/** After the address is known, until somebody takes the first ticket: in milliseconds. */
const FIRST = [300, 1_000, 2_000, 5_000, 15_000];

/** What a third-party platform is told at its event address (wechat.md §12.1, §12.6). */
export class ComponentEvents {
  readonly #platform: Platform;
  readonly #pushes: Pushes;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  constructor(platform: Platform, pushes: Pushes) {
    this.#platform = platform;
    this.#pushes = pushes;
  }

  /** Tickets begin: soon, until one is taken, then every ten minutes. */
  start(component: Component, first = 0): void {
    this.#later(component, FIRST[first] ?? TICKET_EVERY, async () => {
      const { verdict } = await this.ticket(component);
      const next = verdict === 'taken' ? FIRST.length : first + 1;
      if (this.#timers.has(component.appId)) this.start(component, next);
    });
  }

  ticket(component: Component): Promise<Judged> {
    const { faults, components, host } = this.#platform;
    if (faults.on('ticketLate')) return Promise.resolve({ verdict: 'again', why: 'late' });
    const ComponentVerifyTicket = components.ticket(component, host.now());
    return this.#pushes.event(component, { InfoType: 'component_verify_ticket', ComponentVerifyTicket });
  }

  authorised(component: Component, appId: string, updated: boolean, code: string, PreAuthCode = ''): Promise<Judged> {
    const now = Math.floor(this.#platform.host.now() / 1000);
    return this.#pushes.event(component, {
      InfoType: updated ? 'updateauthorized' : 'authorized',
      AuthorizerAppid: appId,
      AuthorizationCode: code,
      AuthorizationCodeExpiredTime: now + AUTH_CODE_LIFE / 1000,
      PreAuthCode,
    });
  }

  unauthorised(component: Component, appId: string): Promise<Judged> {
    return this.#pushes.event(component, { InfoType: 'unauthorized', AuthorizerAppid: appId });
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #later({ appId }: Component, ms: number, then: () => Promise<void>): void {
    clearTimeout(this.#timers.get(appId));
    const timer = setTimeout(() => void then(), ms);
    timer.unref();
    this.#timers.set(appId, timer);
  }
}
