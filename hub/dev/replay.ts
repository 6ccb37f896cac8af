import { parseArgs } from 'node:util';
import { connectors } from '../../connectors/index.ts';
import { replays } from '../../connectors/replays.ts';

/**
 * `npm run replay line text`: a recorded webhook, made new and signed, goes to the running hub, and you watch it
 * arrive. For a sandbox's account the hub's own sandbox is asked for secret and address; a real channel takes both as
 * options. Exit code 1 when an answer was not 2xx.
 */
const USAGE = `npm run replay -- CONNECTOR RECORDING [options]
  --url URL        where the hub listens (default http://127.0.0.1:$PORT, 3000)
  --channel KEY    the channel's key in its webhook address (default: the sandbox's first account)
  --secret TEXT    the channel's secret, where the channel is no sandbox account
  --from ID        the customer's id on the platform (default: the sandbox's first person)
  --count N        how many, each with ids of its own (default 1)
  --parallel N     how many at the same time (default 1)
Recordings:
${Object.entries(replays)
  .map(([name, replay]) => `  ${name}: ${Object.keys(replay.recordings()).join(' ')}`)
  .join('\n')}`;

interface Target {
  callbackUrl: string;
  config: unknown;
  from?: string;
  account?: string;
}
interface SandboxState {
  accounts: { id: string; callbackUrl: string; credentials: Record<string, string> }[];
  people: { id: string }[];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      channel: { type: 'string' },
      secret: { type: 'string' },
      from: { type: 'string' },
      count: { type: 'string', default: '1' },
      parallel: { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name = '', recording = ''] = positionals;
  const replay = replays[name];
  const count = Number(values.count);
  const parallel = Number(values.parallel);
  if (values.help || !replay || !(recording in replay.recordings()) || !(count >= 1) || !(parallel >= 1)) {
    console.error(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const url = (values.url ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`).replace(/\/$/, '');
  const target =
    values.secret && values.channel
      ? { callbackUrl: `${url}/webhooks/${name}/${values.channel}`, config: { [secretField(name)]: values.secret } }
      : await fromSandbox(url, name, values.channel);
  console.log(`→ ${target.callbackUrl}`);

  const tally = new Map<string, number>();
  const took: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(parallel, count) }, async () => {
      while (next++ < count) {
        const request = replay.request(recording, target.config, {
          from: values.from ?? target.from,
          account: target.account,
          now: Date.now,
        });
        const started = performance.now();
        const answer = await post(target.callbackUrl, request);
        took.push(performance.now() - started);
        tally.set(answer, (tally.get(answer) ?? 0) + 1);
      }
    }),
  );
  took.sort((a, b) => a - b);
  const at = (share: number) => (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1);
  for (const [answer, times] of tally) console.log(`${times} × ${answer}`);
  console.log(count === 1 ? `${at(0)} ms` : `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  if ([...tally.keys()].some((answer) => !answer.startsWith('2'))) process.exitCode = 1;
}

/** The sandbox tells its accounts' secrets to whoever can reach it: it is never there in production. */
async function fromSandbox(url: string, name: string, channel: string | undefined): Promise<Target> {
  const platform = connectors[name]?.platform ?? name;
  const response = await fetch(`${url}/sandbox/${platform}/phone/state`).catch(() => undefined);
  if (!response) throw new Error(`No hub answers at ${url}. Start one with npm start, or name another with --url.`);
  if (!response.ok)
    throw new Error(`The hub at ${url} has no sandbox for ${name}: name a channel with --channel and --secret.`);
  const { accounts, people } = (await response.json()) as SandboxState;
  const account = accounts.find((item) => item.callbackUrl && (!channel || item.callbackUrl.endsWith(`/${channel}`)));
  if (!account)
    throw new Error(
      channel
        ? `The sandbox has no account for channel ${channel}.`
        : `The sandbox has no account with a webhook address.`,
    );
  return { callbackUrl: account.callbackUrl, config: account.credentials, from: people[0]?.id, account: account.id };
}

/** The field of the connect form that signs: the secret it cannot do without. */
function secretField(name: string): string {
  const fields = Object.entries(connectors[name]?.fields ?? {});
  return (
    fields.find(([, field]) => field.secret && field.required)?.[0] ??
    fields.find(([, field]) => field.secret)?.[0] ??
    'secret'
  );
}

async function post(
  callbackUrl: string,
  request: {
    method: string;
    path: string;
    query: Record<string, string>;
    headers: Record<string, string | undefined>;
    body: Uint8Array;
  },
): Promise<string> {
  const url = new URL(`${callbackUrl}${request.path}`);
  for (const [key, value] of Object.entries(request.query)) url.searchParams.set(key, value);
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  try {
    const response = await fetch(url, { method: request.method, headers, body: request.body.slice() });
    const body = (await response.text()).slice(0, 200);
    return `${response.status}${body && body !== '{}' ? ` ${body}` : ''}`;
  } catch (error) {
    return `no answer (${error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : error})`;
  }
}

await main().catch((error: Error) => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
