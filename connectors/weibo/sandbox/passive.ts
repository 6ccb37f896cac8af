import { z } from 'zod';
import { parseJson } from '../../lib/http.ts';
import type { World } from '../../lib/phone/world.ts';
import { BoundedMap } from '../../lib/sandbox/bounded.ts';
import type { SandboxHost } from '../../sandbox.ts';
import { parseExact } from '../json.ts';
import { seen } from './messages.ts';

const reply = z.object({
  result: z.literal(true),
  sender_id: z.coerce.string(),
  receiver_id: z.coerce.string(),
  type: z.string(),
  data: z.string(),
});
const push = z.object({
  sender_id: z.coerce.string(),
  receiver_id: z.coerce.string(),
  created_at: z.string(),
});

/** Reads what the hub answers to a push, as Weibo does: nothing is a thank-you, anything else should be a passive reply. */
export class Passive {
  readonly #host: SandboxHost;
  readonly #world: World;
  readonly #nextId: () => string;
  /** Pushes that were answered: only the first answer to each is shown. */
  readonly #answered = new BoundedMap<string, true>(1_000);
  constructor(host: SandboxHost, world: World, nextId: () => string) {
    this.#host = host;
    this.#world = world;
    this.#nextId = nextId;
  }

  /** The courier's way to the hub: what comes back in time is looked at before the courier has it. */
  readonly fetch = (async (input: string | URL | Request, init?: RequestInit) => {
    const response = await this.#host.fetch(input, init);
    if (response.status === 200 && init?.body instanceof Uint8Array) {
      const text = await response.clone().text();
      if (text) this.#show(new TextDecoder().decode(init.body), text);
    }
    return response;
  }) as typeof fetch;

  #show(sent: string, text: string): void {
    const answer = reply.safeParse(parseJson(text)).data;
    const asked = answer && push.safeParse(exact(sent)).data;
    // The ids must be the other way round than in the push; early pages of the wiki had them wrong.
    if (!asked || answer.sender_id !== asked.receiver_id || answer.receiver_id !== asked.sender_id) return;
    if (this.#answered.has(sent)) return;
    const shown = seen(answer.type, decoded(answer.data));
    if (!('bubble' in shown)) return;
    this.#answered.set(sent, true);
    const { bubble } = shown;
    this.#world.put(asked.receiver_id, asked.sender_id, {
      id: this.#nextId(),
      who: 'account',
      at: this.#host.now(),
      bubble,
    });
  }
}

function exact(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

/** One decoding, in which a plus stays a plus. */
function decoded(data: string): string {
  try {
    return decodeURIComponent(data);
  } catch {
    return data;
  }
}
