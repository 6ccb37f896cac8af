import {
  BrokenCircuitError,
  CircuitState,
  type CircuitBreakerPolicy,
  circuitBreaker,
  ConsecutiveBreaker,
  handleWhen,
} from 'cockatiel';
import { Retry, Uncertain } from '../../connectors/errors.ts';
import type { Hub } from '../hub.ts';
import { channelNeedsAttention, setHealth } from '../store/channels.ts';
import type { OpenChannel } from './rulebook.ts';

/** So many failures in a row, and the account is left alone for a while. */
const FAILURES = 5;
/** Then one message tries whether the platform is back. Milliseconds. */
const REST_MS = 10_000;
/** Channels remembered; a working one is forgotten first. */
const MOST = 5_000;

/** The platform has failed so often that nothing is sent to it for a moment. Nothing was sent. */
export class PlatformDown extends Retry {
  override name = 'PlatformDown';
}

/**
 * One breaker an account: a platform that answers with errors, garbage or not at all is not asked with every message, its
 * messages wait in order, and other accounts do not slow down. What a platform says about pace (`Retry` with a time) or
 * about a message is no failure of it.
 */
export class Breakers {
  readonly #hub: Hub;
  readonly #policies = new Map<string, CircuitBreakerPolicy>();

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  async run<T>(channel: Pick<OpenChannel, 'id' | 'organisationId'>, work: () => Promise<T>): Promise<T> {
    const policy = this.#of(channel);
    try {
      return await policy.execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError)
        throw new PlatformDown('The platform does not answer; this is tried again by itself.', REST_MS);
      throw error;
    }
  }

  #of({ id, organisationId }: Pick<OpenChannel, 'id' | 'organisationId'>): CircuitBreakerPolicy {
    let policy = this.#policies.get(id);
    if (policy) return policy;
    policy = circuitBreaker(
      handleWhen((error) => (error instanceof Retry && error.afterMs === undefined) || error instanceof Uncertain),
      { halfOpenAfter: REST_MS, breaker: new ConsecutiveBreaker(FAILURES) },
    );
    const quietly = (work: Promise<unknown>) =>
      void work.catch((error: Error) => this.#hub.log.warn({ error: error.message }, 'a channel’s state was not noted'));
    policy.onBreak(() =>
      quietly(
        channelNeedsAttention(this.#hub, organisationId, id, 'platform_down', 'The platform does not answer.'),
      ),
    );
    policy.onReset(() => quietly(this.#recovered(organisationId, id)));
    this.#policies.set(id, policy);
    if (this.#policies.size > MOST) {
      const idle = [...this.#policies].find(([, one]) => one.state === CircuitState.Closed);
      if (idle) this.#policies.delete(idle[0]);
    }
    return policy;
  }

  async #recovered(organisationId: string, id: string): Promise<void> {
    const org = this.#hub.db.org(organisationId);
    if (await setHealth(org, id, { health: 'ok' }, { onlyFrom: 'platform_down' }))
      this.#hub.live.publish(organisationId, [{ kind: 'changed', area: 'channels' }]);
  }
}
