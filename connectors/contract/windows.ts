import { describe, expect, it } from 'vitest';
import { TRIGGERS, type Trigger } from '../../core/can.ts';
import type { Inbound } from '../../core/inbound.ts';
import type { Connector } from '../connector.ts';
import type { ContractOptions } from './options.ts';

const DAY = 86_400;

/** The right to write, as data: what grants it is declared, happens, and is sane. */
export function windows<Config>(
  connector: Connector<Config>,
  { config, fixtures, sign }: ContractOptions<Config>,
): void {
  const grants = connector.can.window?.grants;
  const seen = () =>
    new Set(
      Object.values(fixtures).flatMap((body) =>
        connector.receive(sign(new TextEncoder().encode(body), config), config).events.flatMap(triggerOf),
      ),
    );

  describe('knows when it may write', () => {
    it('by acts that the platform really tells of, and tells of none that grants nothing', () => {
      if (!grants) return;
      const happened = seen();
      for (const trigger of Object.keys(grants)) expect([...happened], `no fixture of “${trigger}”`).toContain(trigger);
      for (const trigger of happened) expect(Object.keys(grants), `“${trigger}” grants nothing`).toContain(trigger);
    });
    it('for a time and a number that make sense', () => {
      for (const [trigger, grant] of Object.entries(grants ?? {})) {
        expect(TRIGGERS).toContain(trigger);
        expect(grant.seconds).toBeGreaterThanOrEqual(10);
        expect(grant.seconds).toBeLessThanOrEqual(90 * DAY);
        if (grant.sends !== undefined) expect(Number.isInteger(grant.sends) && grant.sends >= 1).toBe(true);
      }
    });
  });
}

/** As the hub sees it: a message grants `message` by itself. */
function triggerOf(event: Inbound): Trigger[] {
  if (event.trigger) return [event.trigger];
  return event.kind === 'message' ? ['message'] : [];
}
