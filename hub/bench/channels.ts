/*
 * npm run bench channels [-- NAME …] [--mix] [--rounds 9] [--ms 120]
 *
 * Verify and translate, messages a second, for every connector with recordings: an everyday text, or with --mix all of its
 * recorded messages, however odd. Beside the bare cryptography that it cannot avoid: the platform's own sums over the same
 * bytes by the fastest call Node has for it, compared in constant time, nothing parsed. Both in one process, in turns, by
 * this thread's own time; medians of the rounds. `ratio` is ours to that floor. Where the platform's sum is a SHA-1 of a
 * microsecond (Weibo, Douyin), parsing the body alone costs several of it: `+ parse` is the floor of whoever also reads the
 * body with JSON.parse (for XML: as text) and does nothing with it, and its ratio what our translation costs.
 */
import { createDecipheriv, createHmac, createSecretKey, hash, timingSafeEqual } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { RawRequest } from '../../connectors/connector.ts';
import { replays } from '../../connectors/replays.ts';
import { isPlayed, played } from '../test/stranger.ts';
import { median, table } from './lib/figures.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mix: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    ms: { type: 'string', default: '120' },
  },
});
const ROUNDS = Number(values.rounds);
const SLICE_MS = Number(values.ms);
/** Requests of one connector, made beforehand: enough that no cache of ours has seen the next one. */
const REQUESTS = 512;
const utf8 = new TextDecoder();

type Bare = () => unknown;
type Values = Record<string, string>;
const value = (config: unknown, key: string): string => (config as Values)[key] ?? '';
const app = (config: unknown): Values => (config as { app?: Values }).app ?? (config as Values);

/** What the platform's proof costs and nothing else; made ready once for each request. */
const floors: Record<string, (request: RawRequest, config: unknown) => Bare> = {
  line: ({ body }, config) => hmac(value(config, 'channelSecret'), body),
  whatsapp: ({ body }, config) => hmac(value(config, 'appSecret'), body),
  messenger: ({ body }, config) => hmac(value(config, 'appSecret'), body),
  web: ({ headers }, config) =>
    hmac(value(config, 'secret'), `haina visitor 1:${headers.authorization?.slice(8, 44) ?? ''}`),
  wechat: wechatFloor,
  'wechat-mini': wechatFloor,
  weibo: ({ query }, config) => {
    const { appSecret = '' } = app(config);
    return compared(() => hash('sha1', [appSecret, query.timestamp ?? '', query.nonce ?? ''].sort().join(''), 'hex'));
  },
  douyin: ({ body }, config) => {
    const { webhookSecret, clientSecret = '' } = app(config);
    const signed = Buffer.concat([Buffer.from(webhookSecret ?? clientSecret), body]);
    return compared(() => hash('sha1', signed, 'hex'));
  },
};

function hmac(secret: string, body: Uint8Array | string): Bare {
  return compared(() => createHmac('sha256', secret).update(body).digest('hex'));
}

/** With the comparison that every proof ends in. */
function compared(sum: () => string): Bare {
  const given = sum();
  return () => timingSafeEqual(Buffer.from(given), Buffer.from(sum()));
}

/** Plain pushes sign three words; sealed ones sign all of the cipher text, and it is opened. */
function wechatFloor({ query, body }: RawRequest, config: unknown): Bare {
  const { timestamp = '', nonce = '' } = query;
  const token = value(config, 'token');
  const sealed = /[A-Za-z0-9+/]{24,}={0,2}/.exec(utf8.decode(body).split('Encrypt')[1] ?? '')?.[0];
  if (!query.msg_signature || !sealed)
    return compared(() => hash('sha1', [token, timestamp, nonce].sort().join(''), 'hex'));
  const bytes = Buffer.from(`${value(config, 'aesKey')}=`, 'base64');
  const key = createSecretKey(bytes);
  const signed = compared(() => hash('sha1', [token, timestamp, nonce, sealed].sort().join(''), 'hex'));
  return () => {
    signed();
    const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16)).setAutoPadding(false);
    return Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]);
  };
}

interface Row {
  name: string;
  bytes: number;
  floor: number[];
  parse: number[];
  ours: number[];
}

/** Calls a second of this thread's own time, for about SLICE_MS of it: who else has the machine does not matter. */
function rate(work: readonly Bare[]): number {
  const began = ownMs();
  let done = 0;
  let at = 0;
  let spent = 0;
  do {
    for (let i = 0; i < 64; i++) {
      work[at]!();
      if (++at === work.length) at = 0;
    }
    done += 64;
    spent = ownMs() - began;
  } while (spent < SLICE_MS);
  return (done / spent) * 1000;
}
function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

const rows: { row: Row; floor: Bare[]; parse: Bare[]; ours: Bare[] }[] = [];
for (const name of Object.keys(replays)) {
  if (positionals.length && !positionals.includes(name)) continue;
  const floorOf = floors[name];
  if (!isPlayed(name) || !floorOf) {
    console.log(
      `${name}: ${floorOf ? 'nothing plays its platform here' : 'its cryptography is not known to this bench'}`,
    );
    continue;
  }
  const source = await played(name, Date.now);
  const messages = source.recordings.filter(
    (recording) =>
      (values.mix || recording === 'text') &&
      source.hear(recording, source.people[0]!).some((event) => event.kind === 'message'),
  );
  const requests = Array.from({ length: REQUESTS }, (_, i) =>
    source.request(messages[i % messages.length]!, source.people[i % source.people.length]!),
  );
  const total = requests.reduce((sum, { body }) => sum + body.length, 0);
  const bare = requests.map((request) => floorOf(request, source.config));
  rows.push({
    row: { name, bytes: total / requests.length, floor: [], parse: [], ours: [] },
    floor: bare,
    parse: requests.map(({ body }, i) => {
      const isJson = body[0] === 0x7b;
      return () => {
        bare[i]!();
        return isJson ? JSON.parse(utf8.decode(body)) : utf8.decode(body);
      };
    }),
    ours: requests.map((request) => () => source.receive(request)),
  });
}
for (const { floor, parse, ours } of rows) for (const work of [floor, parse, ours]) rate(work);
for (let round = 0; round < ROUNDS; round++) {
  for (const { row, floor, parse, ours } of rows) {
    row.floor.push(rate(floor));
    row.ours.push(rate(ours));
    row.parse.push(rate(parse));
  }
}
console.log(
  table([
    ['connector', 'bytes', 'floor/s', 'ours/s', 'ratio', '+ parse/s', 'ratio'],
    ...rows.map(({ row: { name, bytes, floor, parse, ours } }) => [
      name,
      bytes,
      median(floor),
      median(ours),
      median(ours.map((one, i) => one / floor[i]!)),
      median(parse),
      median(ours.map((one, i) => one / parse[i]!)),
    ]),
  ]),
);
