import { apps } from '../../connectors/apps.ts';
import type { RawRequest } from '../../connectors/connector.ts';
import { throughApp } from '../../connectors/contract/app.ts';
import { consented } from '../../connectors/contract/consented.ts';
import { fakeTools } from '../../connectors/contract/tools.ts';
import { connectors } from '../../connectors/index.ts';
import { replays } from '../../connectors/replays.ts';
import { sandboxes } from '../../connectors/sandboxes.ts';
import type { Inbound } from '../../core/inbound.ts';

const URL_ = 'http://127.0.0.1:9/sandbox/x';
const HOOK = 'http://127.0.0.1:9/webhooks/x/key';

/** An account of a connector on its sandbox, without a hub: its recordings become what `receive` makes of them. */
export interface Played {
  people: string[];
  recordings: string[];
  config: unknown;
  /** The request of this recording as it happens now to `from`, with new ids. */
  request(recording: string, from: string): RawRequest;
  receive(request: RawRequest): Inbound[];
  /** What a hub is told when this recording happens now to `from`, with new ids; empty where the channel hears nothing of it. */
  hear(recording: string, from: string): Inbound[];
}

/** Our own web chat has no platform: its account is a secret. */
const WEB = { secret: 'a secret that is long enough for a test' };

/** Whether `played` can be asked for it: it has recordings, and a stand-in for its platform where it needs one. */
export function isPlayed(name: string): boolean {
  const connector = connectors[name];
  return (
    connector !== undefined &&
    Object.hasOwn(replays, name) &&
    (Object.hasOwn(sandboxes, connector.platform ?? name) || connector.config.safeParse(WEB).success)
  );
}

/** An account of the connector of that name in the registry. */
export async function played(name: string, now: () => number): Promise<Played> {
  const connector = connectors[name]!;
  const replay = replays[name]!;
  const make = sandboxes[connector.platform ?? connector.name];
  const sandbox = make?.({ url: URL_, seed: 'same rows', now, fetch: async () => new Response('{}') });
  const kind = Object.values(apps).find((app) => app.receive && app.connectors.includes(name));
  const toSandbox = (async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    return (await sandbox?.app.request(request.url.slice(URL_.length), request)) ?? new Response('', { status: 404 });
  }) as typeof fetch;
  const hosts = Object.fromEntries(Object.entries(sandbox?.hosts ?? {}).map(([host, path]) => [host, URL_ + path]));
  const tools = { ...fakeTools(toSandbox, hosts), now };
  const hasFields = !connector.ways || connector.ways.some((way) => way.kind === 'fields');
  const config = !sandbox
    ? connector.config.parse(WEB)
    : kind && !hasFields
      ? await consented(connector, kind, sandbox, 'demo', tools, HOOK)
      : connector.config.parse(sandbox.account('demo', HOOK, name));
  const account = connector.account?.(config) ?? sandbox?.phone?.accounts()[0]?.id;
  const hears = kind && !hasFields ? throughApp(connector, { kind, account: account ?? '' }) : connector;
  const people = sandbox?.phone
    ? ['Guest A 甲', 'Guest B 乙', 'Guest C 丙'].map((who) => sandbox.phone!.addPerson(who).id)
    : [1, 2, 3].map((n) => `00000000-0000-7000-8000-00000000000${n}`);
  const request = (recording: string, from: string) => replay.request(recording, config, { from, account, now });
  const receive = (raw: RawRequest) => hears.receive(raw, config).events;
  return {
    people,
    config,
    request,
    receive,
    recordings: Object.keys(replay.recordings()),
    hear: (recording, from) => receive(request(recording, from)),
  };
}
