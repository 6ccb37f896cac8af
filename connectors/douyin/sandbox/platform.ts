import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import { Consents } from '../../lib/sandbox/consent.ts';
import { Courier } from '../../lib/sandbox/courier.ts';
import { Faults } from '../../lib/sandbox/faults.ts';
import { Files } from '../../lib/sandbox/files.ts';
import { ExchangeLog } from '../../lib/sandbox/log.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { type Account, Apps } from './apps.ts';
import { type MessageIds, messageIds } from './ids.ts';
import { model } from './model.ts';
import { Rights } from './rights.ts';
import { faults } from './switches.ts';
import { Tokens } from './tokens.ts';

/** Uploads kept in memory, in bytes. */
const MAX_FILES = 64_000_000;
/** Three repeats; their spacing is not published (douyin.md section 2). Milliseconds. */
const REPEATS = [1_000, 5_000, 15_000];
/** The people every phone begins with. */
const PEOPLE = ['客人甲 Guest A', '客人乙 Guest B'];

/** Everything the sandbox knows, handed on to its parts. */
export interface Platform {
  host: SandboxHost;
  world: World;
  apps: Apps;
  tokens: Tokens;
  rights: Rights;
  ids: MessageIds;
  faults: Faults;
  files: Files;
  log: ExchangeLog;
  courier: Courier;
  consents: Consents;
  /** Files of people's messages by message id, and pictures of ours by image id. */
  contents: BoundedMap<string, string>;
  people: readonly string[];
  /** This account is in the app's hands from now on: phones show it, events go out. */
  admit(account: Account): void;
  isAdmitted(openId: string): boolean;
  dismiss(account: Account): void;
}

export function platform(host: SandboxHost, world: World): Platform {
  const switches = new Faults(faults, (values) => world.feed.publish({ type: 'faults', values }));
  const log = new ExchangeLog((exchange) => world.feed.publish({ type: 'exchange', exchange }));
  const admitted = new Set<string>();
  const ids = messageIds(host.seed);
  return {
    host,
    world,
    log,
    ids,
    faults: switches,
    apps: new Apps(host.seed),
    tokens: new Tokens(host.seed, host.now),
    rights: new Rights(ids, host.now),
    files: new Files(MAX_FILES),
    contents: new BoundedMap(2_000),
    people: PEOPLE,
    consents: new Consents({ mount: host.url, now: host.now, theme: model.theme }),
    admit(account) {
      if (admitted.has(account.openId)) return;
      admitted.add(account.openId);
      const { openId, name, app } = account;
      const { callbackUrl, clientKey, clientSecret } = app;
      world.putAccount({ id: openId, name, callbackUrl, credentials: { clientKey, clientSecret } });
      for (const { id } of world.people()) world.setChat(openId, id, { following: true });
    },
    isAdmitted: (openId) => admitted.has(openId),
    dismiss: ({ openId }) => void admitted.delete(openId),
    courier: new Courier({
      fetch: host.fetch,
      now: host.now,
      log,
      timeoutMs: () => switches.number('timeoutMs'),
      repeats: () => REPEATS,
      twice: () => switches.on('duplicate'),
      swapped: () => switches.on('reorder'),
    }),
  };
}
