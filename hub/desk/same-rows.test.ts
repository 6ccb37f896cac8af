import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { replays } from '../../connectors/replays.ts';
import type { Inbound } from '../../core/inbound.ts';
import { newId } from '../id.ts';
import { cloneDatabase } from '../start/cloneDatabase.ts';
import type { Org } from '../store/org.ts';
import { organisation } from '../test/build.ts';
import { type TestDesk, twoDesks } from '../test/desk.ts';
import { isPlayed, played } from '../test/stranger.ts';
import type { OpenChannel } from './rulebook.ts';

/**
 * Whatever a platform sends, however often, in whatever order and to whichever hub: the rows are those of the same things
 * told once, one after the other (Show 4 of the channels). Over every connector that has recordings.
 */
const RUNS = Number(process.env.SAME_ROWS_RUNS ?? 8);

/** What is sent: a recording and who it comes from, or that an earlier message is taken back. */
type Sent = { recording: number; person: number } | { recall: number };
const sequences = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ recording: fc.nat(1000), person: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ recall: fc.nat(1000) }) },
  ),
  { minLength: 3, maxLength: 14 },
) as fc.Arbitrary<Sent[]>;
/** How they arrive: each up to three times, in this order, by this hub; what is in one wave arrives at once. */
const arrivals = fc.record({
  order: fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 60 }),
  wave: fc.integer({ min: 1, max: 9 }),
});

for (const name of Object.keys(replays)) {
  test.runIf(isPlayed(name))(
    `${name}: duplicated, shuffled and repeated over two hubs, the same rows`,
    async () => {
      const { a, b } = await twoDesks(await cloneDatabase(), { fetch: async () => new Response('', { status: 404 }) });
      const source = await played(name, a.clock.now);
      let stored = 0;
      await fc.assert(
        fc.asyncProperty(sequences, arrivals, async (sent, { order, wave }) => {
          const payloads = told(sent, source, () => a.clock.pass(1000));
          const once = await stage(a, name);
          for (const events of payloads) await a.hub.receive({ channel: once.channel, events });
          await a.settled();

          const often = await stage(a, name);
          const copies = payloads.flatMap((events, i) => Array.from({ length: 1 + (order[i]! % 3) }, () => events));
          const shuffled = copies
            .map((events, i) => ({ events, key: order[i % order.length]! * 31 + i * 7919 * (order[0]! % 97) }))
            .sort((x, y) => (x.key % 10_007) - (y.key % 10_007));
          const hubs = [a.hub, b.hub];
          for (let at = 0; at < shuffled.length; at += wave) {
            await Promise.all(
              shuffled.slice(at, at + wave).map(({ events }, i) =>
                hubs[(order[at % order.length]! + i) % 2]!.receive({
                  channel: often.channel,
                  events: structuredClone(events),
                }),
              ),
            );
          }
          await Promise.all([a.settled(), b.settled()]);
          // A message and its recall may have met at two hubs at once: a job looks again a moment later.
          for (const hub of [a, b]) await hub.jobs.runLater();
          await Promise.all([a.settled(), b.settled()]);
          const expected = await rows(once.org);
          expect(await rows(often.org)).toEqual(expected);
          stored += expected.messages.length;
          // Everything once more, at the end: nothing changes any more.
          for (const events of payloads) await b.hub.receive({ channel: often.channel, events });
          await b.settled();
          expect(await rows(often.org)).toEqual(expected);
        }),
        // Shrinking would take longer than the test may: the seed is told, and SAME_ROWS_RUNS helps to look for shorter ones.
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(stored, 'sequences that say nothing would prove nothing').toBeGreaterThan(RUNS);
    },
    120_000,
  );
}

/** The sequence as events: made once, so that what arrives again is the very same. */
function told(sent: Sent[], source: Awaited<ReturnType<typeof played>>, pass: () => void): Inbound[][] {
  const payloads: Inbound[][] = [];
  for (const one of sent) {
    pass();
    if ('recall' in one) {
      const said = payloads.flat().filter((event) => event.kind === 'message');
      const message = said[one.recall % Math.max(1, said.length)];
      if (!message) continue;
      const { account, from, at, messageId } = message;
      payloads.push([
        { kind: 'recall', account, from, at: at + 1, messageId, externalId: `recall:${messageId}:${payloads.length}` },
      ]);
      continue;
    }
    const events = source.hear(
      source.recordings[one.recording % source.recordings.length]!,
      source.people[one.person % source.people.length]!,
    );
    // A wish is a command, and a rating answers what was asked: what they do depends on when they come, as it should.
    payloads.push(events.filter(({ kind }) => kind !== 'wish' && kind !== 'rate'));
  }
  return payloads;
}

/** An organisation with one channel of this connector. */
async function stage({ hub }: TestDesk, name: string): Promise<{ org: Org; channel: OpenChannel }> {
  const org = await organisation(hub);
  const id = newId();
  const key = `${name}-${id.slice(-12)}`;
  await org
    .insert('channels', {
      id,
      key,
      connector: name,
      name,
      group_id: null,
      config: '{}',
      secrets: null,
      style: null,
      health_code: null,
      health_text: null,
      last_inbound_at: null,
      deleted_at: null,
    })
    .execute();
  const channel: OpenChannel = {
    id,
    key,
    name,
    organisationId: org.id,
    enabled: true,
    sandbox: false,
    groupId: null,
    connector: connectors[name]!,
    config: {},
    style: null,
    account: null,
    app: null,
    connected: true,
  };
  return { org, channel };
}

/** What there is in the end, without our own ids and without the order of arrival. */
async function rows(org: Org) {
  const identities = await org.select('identities').select(['id', 'external_id']).orderBy('external_id').execute();
  const sessions = await org.select('sessions').select(['id', 'identity_id', 'seq']).execute();
  const whose = new Map(identities.map(({ id, external_id }) => [id, external_id]));
  const bySession = new Map(sessions.map(({ id, identity_id }) => [id, whose.get(identity_id)]));
  const messages = await org
    .select('messages')
    .select(['session_id', 'external_id', 'author_type', 'content', 'created_at', 'recalled_at'])
    .execute();
  const events = await org.select('session_events').select(['session_id', 'seq', 'type', 'external_id']).execute();
  const gaps = sessions.filter(({ id, seq }) => {
    const seqs = events.filter((event) => event.session_id === id).map((event) => event.seq);
    return new Set(seqs).size !== seqs.length || Math.max(0, ...seqs) > seq;
  });
  return {
    identities: identities.map(({ external_id }) => external_id),
    sessions: sessions.map(({ identity_id }) => whose.get(identity_id)).sort(),
    messages: messages
      .map(({ session_id, external_id, author_type, content, created_at, recalled_at }) => ({
        of: bySession.get(session_id),
        external_id: external_id ?? '',
        author_type,
        content: withoutFetching(content),
        at: created_at.getTime(),
        recalled: recalled_at !== null,
      }))
      // What the house said has no id of the platform's: then by all that there is of it.
      .map((row) => ({ row, key: row.external_id + JSON.stringify(row) }))
      .sort((x, y) => (x.key < y.key ? -1 : 1))
      .map(({ row }) => row),
    // What the platform told beside messages; `opened` and the like are ours and depend on who came first.
    events: events
      .filter(({ external_id }) => external_id !== null)
      .map(({ session_id, type, external_id }) => ({
        of: bySession.get(session_id),
        type,
        external_id: external_id!.replace(/^[0-9a-f-]{36}:/, ''),
      }))
      .sort((x, y) => (x.external_id < y.external_id ? -1 : 1)),
    gaps,
  };
}

/** Our own number for a file, and how far it came, are a matter of time. */
function withoutFetching(content: unknown): unknown {
  const { media, ...rest } = (content ?? {}) as { media?: { id?: string; state?: string } };
  if (!media) return content;
  const { id: _, state: __, ...said } = media;
  return { ...rest, media: said };
}
