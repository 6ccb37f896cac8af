import type { Hub } from '../hub.ts';
import { leaveSoon, stayPresent } from '../store/presence.ts';
import type { MemberScreen, MemberScreens } from './members.ts';

/** Said again this often. Milliseconds. */
const EVERY_MS = 20_000;
/** Believed this long: a hub that dies takes its members' presence with it. */
export const BELIEVED_MS = 60_000;
/** A reload or a lost network for a moment is no leaving. */
const GRACE_MS = 15_000;

/** Who is at the desk: a time, not a flag. Kept in the members' rows, so that every hub matches by the same. */
export class Presence {
  readonly #hub: Hub;
  readonly #screens: MemberScreens;
  readonly #timer: NodeJS.Timeout;

  constructor(hub: Hub, screens: MemberScreens) {
    this.#hub = hub;
    this.#screens = screens;
    this.#timer = setInterval(() => void this.#say(), EVERY_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** A screen has come. Returns how to say that it has gone. */
  arrive(screen: MemberScreen): () => void {
    const remove = this.#screens.add(screen);
    const { organisationId, memberId } = screen;
    void stayPresent(this.#hub.db, [{ organisationId, memberId }], this.#until(BELIEVED_MS))
      .then(() => {
        this.#hub.live.publish(organisationId, [{ kind: 'member', id: memberId, load: true }]);
        this.#hub.pairing.wake(organisationId);
      })
      .catch((error: Error) => this.#hub.log.warn({ error: error.message }, 'presence could not be written'));
    let left = false;
    return () => {
      if (left) return;
      left = true;
      remove();
      if (this.#screens.has(organisationId, memberId)) return;
      void leaveSoon(this.#hub.db.org(organisationId), memberId, this.#until(GRACE_MS))
        .then(() => {
          // Back already: whichever was written last, he is here.
          if (this.#screens.has(organisationId, memberId))
            return stayPresent(this.#hub.db, [{ organisationId, memberId }], this.#until(BELIEVED_MS));
          setTimeout(
            () => this.#hub.live.publish(organisationId, [{ kind: 'member', id: memberId, load: true }]),
            GRACE_MS + 500,
          ).unref();
        })
        .catch(() => {});
    };
  }

  async #say(): Promise<void> {
    await stayPresent(this.#hub.db, this.#screens.present(), this.#until(BELIEVED_MS)).catch((error: Error) =>
      this.#hub.log.warn({ error: error.message }, 'presence could not be written'),
    );
  }

  #until(ms: number): Date {
    return new Date(this.#hub.now() + ms);
  }
}
