import { randomUUID } from 'node:crypto';
import { fixturesIn } from '../lib/fixtures.ts';
import type { Replay } from '../replay.ts';
import { signVisitor } from './token.ts';

/** The recorded bodies of the web chat, read when first wanted. */
let recorded: Record<string, string> | undefined;
export const recordings = (): Record<string, string> =>
  (recorded ??= fixturesIn(new URL('./fixtures/', import.meta.url)));

/** For `npm run replay web text`: the recording with new event ids, as the page of visitor `from` would post it. */
export const webReplay: Replay<{ secret: string }> = {
  recordings,
  request(name, config, { from }) {
    const { events } = JSON.parse(recordings()[name] ?? '{"events":[]}') as { events: object[] };
    return {
      method: 'POST',
      path: '',
      query: {},
      headers: {
        'content-type': 'application/json',
        authorization: `Visitor ${signVisitor(config.secret, from ?? '00000000-0000-7000-8000-000000000001')}`,
      },
      body: new TextEncoder().encode(
        JSON.stringify({ events: events.map((event) => ({ ...event, id: randomUUID() })) }),
      ),
    };
  },
};
