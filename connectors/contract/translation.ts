import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Connector } from '../connector.ts';
import { mustBeInbound } from './inbound.ts';
import type { ContractOptions } from './options.ts';

/** From the platform's words to ours, always the same way and without asking anybody. */
export function translation<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, fixtures, sign, redeliver, unknown = {} } = options;
  const receive = (body: string) => connector.receive(sign(new TextEncoder().encode(body), config), config);
  const named = Object.entries(fixtures);

  describe('translates', () => {
    afterEach(() => void vi.useRealTimers().unstubAllGlobals());

    it('has fixtures to go by', () => expect(named.length).toBeGreaterThan(0));

    it.each(named)('%s: valid events, the same way twice, whatever the time, asking nobody', (_, body) => {
      vi.stubGlobal('fetch', () => {
        throw new Error('receive asked the network');
      });
      const first = receive(body);
      for (const event of first.events) mustBeInbound(event);
      vi.useFakeTimers({ now: 4_000_000_000_000 });
      const request = sign(new TextEncoder().encode(body), config);
      const before = request.body.slice();
      expect(connector.receive(request, config)).toEqual(receive(body));
      expect(receive(body).events).toEqual(first.events);
      expect(request.body).toEqual(before);
    });

    it.each(named)('%s: the same keys when it is sent again', (_, body) => {
      const again = redeliver ? redeliver(body) : body;
      expect(keys(receive(again).events)).toEqual(keys(receive(body).events));
    });

    it('gives every event a key of its own', () => {
      const all = named.flatMap(([, body]) => keys(receive(body).events));
      expect(all.filter((key, i) => all.indexOf(key) !== i)).toEqual([]);
    });

    it('and says whose account it is for, where one address hears for many', () => {
      const mine = connector.account?.(config);
      for (const [name, body] of named) {
        for (const event of receive(body).events) {
          if (options.app) expect(event.account, name).toBe(mine);
        }
      }
    });

    for (const [fixture, what] of Object.entries(unknown)) {
      it(`${fixture}: does not know it, keeps it as “${what}”`, () => {
        const { events } = receive(fixtures[fixture] ?? '');
        expect(events.map(nameOf)).toContain(what);
      });
    }
  });
}

const keys = (events: Inbound[]) => events.map((event) => event.externalId);

function nameOf(event: Inbound): string | undefined {
  if (event.kind === 'ignored' || event.kind === 'notice') return event.what;
  return event.kind === 'message' && event.content.type === 'unsupported' ? event.content.what : undefined;
}
