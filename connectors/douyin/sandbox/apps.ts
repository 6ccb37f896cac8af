import { derived } from '../../lib/sandbox/ids.ts';
import { openId } from './ids.ts';

/** A website app of the sandbox's open platform; everything derives from the seed, so it outlives the process. */
export interface App {
  name: string;
  clientKey: string;
  clientSecret: string;
  callbackUrl: string;
}
/** A business account, by its id for one app. */
export interface Account {
  openId: string;
  name: string;
  app: App;
}

/** The apps and who has put an account into their hands. */
export class Apps {
  readonly #seed: string;
  readonly #apps = new Map<string, App>();
  readonly #accounts = new Map<string, Account>();
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The app of that name, made when it is first asked for. */
  app(name: string): App {
    const known = [...this.#apps.values()].find((app) => app.name === name);
    if (known) return known;
    const app: App = {
      name,
      clientKey: `aw${derived(this.#seed, 'douyin', 'key', name).slice(0, 14)}`,
      clientSecret: derived(this.#seed, 'douyin', 'secret', name).slice(0, 32),
      callbackUrl: '',
    };
    this.#apps.set(app.clientKey, app);
    return app;
  }
  byKey(clientKey: string | undefined): App | undefined {
    return this.#apps.get(clientKey ?? '');
  }
  all(): App[] {
    return [...this.#apps.values()];
  }

  /** Business accounts whose owners may scan: two for each app. */
  offered(app: App): { id: string; name: string }[] {
    return [app.name, `${app.name} 2`].map((name) => ({ id: openId(this.#seed, app.clientKey, name), name }));
  }
  /** By the account's name; a name of ours is that of the first app that offers it. */
  named(name: string): Account {
    const app = this.all().find((one) => this.offered(one).some((offer) => offer.name === name)) ?? this.app(name);
    return this.of(app, name);
  }
  of(app: App, name: string): Account {
    const id = openId(this.#seed, app.clientKey, name);
    const known = this.#accounts.get(id);
    if (known) return known;
    const account = { openId: id, name, app };
    this.#accounts.set(id, account);
    return account;
  }
  byOpenId(id: string): Account | undefined {
    return this.#accounts.get(id);
  }
}
