import type { Hub } from '../hub.ts';
import { raiseAlert } from '../store/alerts.ts';
import type { Org } from '../store/org.ts';

/** Tells supervisors that money needs a person. `word` is stable; the screens have a sentence for it. */
export async function alarm(hub: Hub, org: Org, sessionId: string | null, word: string, text: string): Promise<void> {
  await raiseAlert(hub, org, { kind: 'payment', sessionId, text: text.slice(0, 500), words: [word] });
}
