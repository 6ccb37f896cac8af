import { Retry, Uncertain } from '../../connectors/errors.ts';
import type { Hub } from '../hub.ts';
import { channelNeedsAttention, setHealth } from '../store/channels.ts';
import type { OpenChannel } from './rulebook.ts';

/** So many failures in a row, and the account is left alone for a while. */
const FAILURES = 5;
/** Then one message tries whether the platform is back. Milliseconds. */
const REST_MS = 10_000;

/** The platform has failed so often that nothing is sent to it for a moment. Nothing was sent. */
export class PlatformDown extends Retry {
  override name = 'PlatformDown';
}

/**
 * One breaker an account: a platform that answers with errors, garbage or not at all is not asked with every message, its
 * messages wait in order, and other accounts do not slow down. What a platform says about pace (`Retry` with a time) or
 * about one message is no failure of it. On the hub's own clock, so that tests can turn it.
 */
export class Breakers {
  readonly #hub: Hub;
  /** Only accounts in trouble: how often in a row, and until when they rest. */
  readonly #trouble = new Map<string, { failures: number; until: number }>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  async run<T>(channel: Pick<OpenChannel, 'id' | 'organisationId'>, work: () => Promise<T>): Promise<T> {
    const now = this.#hub.now();
    const before = this.#trouble.get(channel.id);
    if (before && before.until > now)
      throw new PlatformDown('The platform does not answer; this is tried again by itself.', before.until - now);
    // One tries, the others keep resting meanwhile.
    if (before && before.failures >= FAILURES) before.until = now + REST_MS;
    try {
      const done = await work();
      if (before) this.#recovered(channel);
      return done;
    } catch (error) {
      const failed = (error instanceof Retry && error.afterMs === undefined) || error instanceof Uncertain;
      if (failed) this.#failed(channel);
      else if (before) this.#recovered(channel);
      throw error;
    }
  }

  #failed({ id, organisationId }: Pick<OpenChannel, 'id' | 'organisationId'>): void {
    const failures = (this.#trouble.get(id)?.failures ?? 0) + 1;
    this.#trouble.set(id, { failures, until: failures < FAILURES ? 0 : this.#hub.now() + REST_MS });
    if (failures === FAILURES)
      this.#quietly(
        channelNeedsAttention(this.#hub, organisationId, id, 'platform_down', 'The platform does not answer.'),
      );
  }

  #recovered({ id, organisationId }: Pick<OpenChannel, 'id' | 'organisationId'>): void {
    const failures = this.#trouble.get(id)?.failures ?? 0;
    this.#trouble.delete(id);
    if (failures < FAILURES) return;
    const well = setHealth(this.#hub.db.org(organisationId), id, { health: 'ok' }, { onlyFrom: 'platform_down' });
    this.#quietly(
      well.then((changed) => {
        if (changed) this.#hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
      }),
    );
  }

  #quietly(work: Promise<unknown>): void {
    void work.catch((error: Error) => this.#hub.log.warn({ error: error.message }, 'a channel’s state was not noted'));
  }
}
