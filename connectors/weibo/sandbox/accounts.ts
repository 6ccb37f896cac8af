import { derived } from '../../lib/sandbox/ids.ts';
import { digits } from './people.ts';
import { Tokens } from './tokens.ts';

export interface WeiboAppAccount {
  name: string;
  appKey: string;
  appSecret: string;
  /** 授权回调页; empty until somebody says. */
  redirect: string;
}

export interface WeiboAccount {
  name: string;
  uid: string;
  /** The app whose key stands in 开发者中心: its secret signs the pushes. */
  app: WeiboAppAccount;
  callbackUrl: string;
  /** Another app than the account's own was let in by consent. */
  consented: boolean;
  format: 'json' | 'xml';
}

/** Accounts somebody may consent with although no channel was made for them yet. */
export const FREE = ['云上书店 Cloud Books', '外滩咖啡 Bund Coffee'];

/** The verified accounts of the sandbox, their apps, and the tokens of both. */
export class Accounts {
  readonly tokens: Tokens;
  readonly #seed: string;
  readonly #byName = new Map<string, WeiboAccount>();
  readonly #apps = new Map<string, WeiboAppAccount>();
  #newest: WeiboAppAccount | undefined;
  constructor(seed: string, now: () => number) {
    this.#seed = seed;
    this.tokens = new Tokens(seed, now);
  }

  /** The account of that name, or of that number; made of the seed, so that it is the same at every start. */
  get(name: string): WeiboAccount {
    const known = this.#byName.get(name) ?? this.byUid(name);
    if (known) return known;
    const account: WeiboAccount = {
      name,
      uid: this.#uidOf(name),
      app: this.ownApp(name),
      callbackUrl: '',
      consented: false,
      format: 'json',
    };
    this.#byName.set(name, account);
    return account;
  }

  byUid(uid: string): WeiboAccount | undefined {
    const known = this.all().find((account) => account.uid === uid);
    const free = known ? undefined : FREE.find((name) => this.#uidOf(name) === uid);
    return known ?? (free === undefined ? undefined : this.get(free));
  }

  all(): WeiboAccount[] {
    return [...this.#byName.values()];
  }

  /** Those without an address first: they are the ones somebody still wants to connect. */
  freeFirst(): WeiboAccount[] {
    return this.all().sort((a, b) => Number(Boolean(a.callbackUrl)) - Number(Boolean(b.callbackUrl)));
  }

  /** The app of an account that is connected by copying its credentials. */
  ownApp(name: string): WeiboAppAccount {
    return this.#app(name, 'own app');
  }

  /** An app many accounts are connected through. */
  sharedApp(name: string): WeiboAppAccount {
    this.#newest = this.#app(name, 'shared app');
    return this.#newest;
  }

  newestApp(): WeiboAppAccount | undefined {
    return this.#newest;
  }

  appByKey(appKey: string): WeiboAppAccount | undefined {
    return this.#apps.get(appKey);
  }

  /** What 开发者中心 shows: the same at every start, until all tokens are ended. */
  pastedToken(account: WeiboAccount): string {
    return this.tokens.lasting(account.name, account.app.appKey);
  }

  /** Somebody let this app in. What stands in 开发者中心 stays; where nothing stands yet, it is this app's pushes. */
  letIn(account: WeiboAccount, app: WeiboAppAccount): void {
    if (!account.callbackUrl) this.consent(account, app);
  }

  /** This app's secret signs the account's pushes from now on. */
  consent(account: WeiboAccount, app: WeiboAppAccount): void {
    account.app = app;
    account.consented = app.appKey !== this.ownApp(account.name).appKey;
  }

  #uidOf(name: string): string {
    return `5${digits(9, this.#seed, 'account', name)}`;
  }

  #app(name: string, kind: string): WeiboAppAccount {
    const appKey = `1${digits(9, this.#seed, kind, 'key', name)}`;
    const known = this.#apps.get(appKey);
    if (known) return known;
    const appSecret = derived(this.#seed, 'weibo', kind, 'secret', name).slice(0, 32);
    const app: WeiboAppAccount = { name, appKey, appSecret, redirect: '' };
    this.#apps.set(appKey, app);
    return app;
  }
}
