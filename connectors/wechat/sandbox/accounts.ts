import { derived } from '../../lib/sandbox/ids.ts';
import { aesKeyOf, appIdOf, type Kind, kindOf, letters } from './ids.ts';

/** The account's own server settings (服务器配置 / 消息推送). */
export interface Server {
  url: string;
  token: string;
  aesKey: string;
  /** The key before it was changed. */
  previousAesKey?: string;
  /** The GET check succeeded. */
  verified: boolean;
}

export interface WechatAccount {
  name: string;
  kind: Kind;
  appId: string;
  /** Original id: `ToUserName` of pushes. */
  userName: string;
  secret: string;
  server: Server;
  /** One of the release check's: on no phone. */
  hidden?: true;
}

const NAMES: Record<Kind, string> = { service: '服务号', subscription: '订阅号', mini: '小程序' };

/** The official accounts and mini-programs of the sandbox. Everything about one follows from the seed and its AppID. */
export class Accounts {
  readonly #seed: string;
  readonly #byAppId = new Map<string, WechatAccount>();
  constructor(seed: string) {
    this.#seed = seed;
  }

  get(kind: Kind, name: string): WechatAccount {
    const appId = appIdOf(this.#seed, kind, name);
    const account = this.#byAppId.get(appId) ?? this.#make(kind, appId, name);
    account.name = name;
    return account;
  }

  /** By its AppID; one of ours that was forgotten with an earlier process is there again, without its name. */
  byAppId(appId: string): WechatAccount | undefined {
    const known = this.#byAppId.get(appId);
    if (known) return known;
    const kind = kindOf(this.#seed, appId);
    return kind && this.#make(kind, appId, `${NAMES[kind]} ${appId.slice(2, 7)}`);
  }

  all(): WechatAccount[] {
    return [...this.#byAppId.values()].filter(({ hidden }) => !hidden);
  }

  /** An account of WeChat's own, with the ids it has there. */
  putHidden(kind: Kind, appId: string, userName: string): WechatAccount {
    const account = this.#byAppId.get(appId) ?? this.#make(kind, appId, `全网发布检测 ${userName}`);
    return Object.assign(account, { userName, hidden: true as const });
  }

  #make(kind: Kind, appId: string, name: string): WechatAccount {
    const seed = this.#seed;
    const account: WechatAccount = {
      name,
      kind,
      appId,
      userName: `gh_${derived(seed, 'wechat', 'user name', appId).slice(0, 12)}`,
      secret: derived(seed, 'wechat', 'secret', appId).slice(0, 32),
      server: {
        url: '',
        token: letters(seed, 'token', appId).replace(/[-_]/g, '0').slice(0, 20),
        aesKey: aesKeyOf(seed, appId),
        verified: false,
      },
    };
    this.#byAppId.set(appId, account);
    return account;
  }
}
