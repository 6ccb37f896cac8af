import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import { insertAlert } from '../store/alerts.ts';
import type { Org } from '../store/org.ts';

/** Tells supervisors that money needs a person. `word` is stable; the screens have a sentence for it. */
export async function alarm(hub: Hub, org: Org, sessionId: string | null, word: string, text: string): Promise<void> {
  const id = newId();
  await insertAlert(org, {
    id,
    kind: 'payment',
    session_id: sessionId,
    channel_id: null,
    member_id: null,
    text: text.slice(0, 500),
    words: [word],
    at: new Date(hub.now()),
  });
  hub.live.publish(org.id, [{ kind: 'alert', id }]);
}
