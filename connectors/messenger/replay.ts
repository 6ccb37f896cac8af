import { recordingsIn } from '../lib/fixtures.ts';
import { posted } from '../lib/graph/sandbox/body.ts';
import type { Replay } from '../replay.ts';
import type { MessengerConfig } from './config.ts';
import { freshen } from './sandbox/fresh.ts';

export const recordings = recordingsIn(new URL('./fixtures/', import.meta.url));

/** For `npm run replay -- messenger text`. */
export const messengerReplay: Replay<MessengerConfig> = {
  recordings,
  request(name, { pageId, appSecret }, { from = '24000000000000001', account = pageId, now }) {
    return posted(freshen(recordings()[name] ?? '{"entry":[]}', { from, account }, now), appSecret);
  },
};
