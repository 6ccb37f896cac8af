import type { Bubble } from '../../lib/phone/model.ts';
import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { Courier } from '../../lib/sandbox/courier.ts';
import { Faults } from '../../lib/sandbox/faults.ts';
import { Feed } from '../../lib/sandbox/feed.ts';
import { Files } from '../../lib/sandbox/files.ts';
import { numbers } from '../../lib/sandbox/ids.ts';
import { ExchangeLog } from '../../lib/sandbox/log.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { Accounts, type WechatAccount } from './accounts.ts';
import { Components } from './components.ts';
import { faults } from './faults.ts';
import { Grants } from './grants.ts';
import { isOurPerson } from './ids.ts';
import { Medias } from './medias.ts';
import { Signer } from './signed.ts';
import { Tokens } from './tokens.ts';
import { Windows } from './windows.ts';

/** Uploads kept in memory, in bytes. */
const MAX_FILES = 64_000_000;
/** Two more tries, each as soon as the one before is over (wechat.md §6). */
const REPEATS = [0, 0];

/** What an account wrote to somebody by the send API or in the answer to a push. */
export interface Told {
  account: WechatAccount;
  openId: string;
  bubble: Bubble;
}
/** One call of the API, as `openapi/rid/get` tells it. */
export interface Call {
  invoke_time: number;
  cost_in_ms: number;
  request_url: string;
  request_body: string;
  response_body: string;
  client_ip: string;
}

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform {
  host: SandboxHost;
  world: World;
  accounts: Accounts;
  components: Components;
  grants: Grants;
  tokens: Tokens;
  windows: Windows;
  medias: Medias;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  courier: Courier;
  /** Calls by their rid. */
  calls: BoundedMap<string, Call>;
  /** Everything accounts wrote; also to those of the release check, who have no phone. */
  told: Feed<Told>;
  /** AppIDs of accounts whose papers changed. */
  changes: Feed<string>;
  nextId: () => string;
  /** Whether this account can write to that person at all: known, and following where one has to. */
  reaches(account: WechatAccount, openId: string): 'yes' | 'unfollowed' | 'unknown';
  tell(told: Told): void;
}

export function platform(host: SandboxHost, world: World): Platform {
  const switches = new Faults(faults, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  const signer = new Signer(host.seed);
  const files = new Files(MAX_FILES);
  const told = new Feed<Told>();
  const changes = new Feed<string>();
  const nextId = numbers(host.now);
  const windows = new Windows(host.now);
  return {
    host,
    world,
    log,
    faults: switches,
    accounts: new Accounts(host.seed),
    components: new Components(host.seed),
    grants: new Grants(signer, host.now, (app) => changes.publish(app)),
    tokens: new Tokens(signer, host.now),
    windows,
    files,
    medias: new Medias(files, host.now),
    calls: new BoundedMap(500),
    told,
    changes,
    nextId,
    courier: new Courier({
      fetch: host.fetch,
      now: host.now,
      log,
      timeoutMs: () => switches.number('timeoutMs'),
      repeats: () => REPEATS,
      twice: () => switches.on('duplicate'),
      swapped: () => switches.on('reorder'),
    }),
    reaches(account, openId) {
      if (account.hidden) return 'yes';
      if (!isOurPerson(host.seed, openId)) return 'unknown';
      // An account of before our last start that nobody named yet.
      if (!world.accounts().some(({ id }) => id === account.appId)) changes.publish(account.appId);
      if (!world.person(openId)) {
        // Somebody from before our last start.
        world.putPerson({ id: openId, name: `微信用户 ${openId.slice(-4)}` });
        world.setChat(account.appId, openId, { following: true });
        windows.believe(account, openId);
      }
      return account.kind === 'mini' || world.chat(account.appId, openId).following ? 'yes' : 'unfollowed';
    },
    tell(words) {
      const { account, openId, bubble } = words;
      told.publish(words);
      if (account.hidden) return;
      world.put(account.appId, openId, { id: nextId(), who: 'account', at: host.now(), bubble });
      world.setChat(account.appId, openId, { typingUntil: 0 });
    },
  };
}
