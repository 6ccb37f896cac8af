import { derived, derivedDigits } from '../../lib/sandbox/ids.ts';

export interface WhatsAppAccount {
  name: string;
  phoneNumberId: string;
  wabaId: string;
  appId: string;
  /** Digits only. */
  number: string;
  accessToken: string;
  appSecret: string;
  /** What stands in the app's dashboard. */
  verifyToken: string;
  callbackUrl: string;
  /** The business account's own address, which goes before the dashboard's. */
  override?: string;
  subscribed: boolean;
  registered: boolean;
}

/** The business numbers of the sandbox, each with a business account and an app of its own. */
export class Accounts {
  readonly #seed: string;
  readonly #byName = new Map<string, WhatsAppAccount>();
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The account of that name; made of the seed, so that it is the same at every start. */
  get(name: string): WhatsAppAccount {
    const known = this.#byName.get(name);
    if (known) return known;
    const hex = (what: string) => derived(this.#seed, 'whatsapp', what, name);
    const digits = (what: string) => derivedDigits(15, this.#seed, 'whatsapp', what, name);
    const account: WhatsAppAccount = {
      name,
      phoneNumberId: digits('phone number'),
      wabaId: digits('business account'),
      appId: digits('app'),
      number: `4930${derivedDigits(8, this.#seed, 'whatsapp', 'number', name)}`,
      accessToken: `EAA${Buffer.from(hex('token') + hex('token more'), 'hex').toString('base64url')}`,
      appSecret: hex('secret').slice(0, 32),
      verifyToken: hex('verify').slice(0, 32),
      callbackUrl: '',
      subscribed: true,
      registered: true,
    };
    this.#byName.set(name, account);
    return account;
  }

  byPhoneNumberId(id: string): WhatsAppAccount | undefined {
    return [...this.#byName.values()].find((account) => account.phoneNumberId === id);
  }
  byToken(token: string): WhatsAppAccount | undefined {
    return [...this.#byName.values()].find((account) => account.accessToken === token);
  }
  all(): WhatsAppAccount[] {
    return [...this.#byName.values()];
  }
}

/** Where its webhooks go: nowhere while no app is subscribed to the business account. */
export function addressOf(account: WhatsAppAccount): string {
  return account.subscribed ? (account.override ?? account.callbackUrl) : '';
}
