import { describe, expect, it } from 'vitest';
import type { Connector, Received } from '../connector.ts';
import type { ContractOptions } from './options.ts';
import { sendables } from './sendables.ts';
import { NOW } from './tools.ts';

/** Words that break careless markup. */
const WORDS = ['你好 👋', 'a < b && c > d', '"quoted" ]]> \'single\'', '<![CDATA[x]]>', 'a\nb\tc', '&amp;lt;'];

/** Answers within the platform's own request, where that is the only way; and nowhere else. */
export function passive<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, fixtures, sign, passive: offered } = options;
  const receive = (body: string, account: Config): Received =>
    connector.receive(sign(new TextEncoder().encode(body), account), account);

  describe('answers in the request itself', () => {
    it('never where the account may send', () => {
      for (const [name, body] of Object.entries(fixtures)) expect(receive(body, config).passive, name).toBeUndefined();
    });
    if (!offered) return;
    const received = () => receive(fixtures[offered.fixture] ?? '', offered.config);

    it('in time, before the platform gives up', () => {
      const { withinMs = 0 } = received().passive ?? {};
      expect(withinMs).toBeGreaterThanOrEqual(1000);
      expect(withinMs).toBeLessThan(15_000);
    });
    it.each(WORDS)('to whoever spoke, in the very words: %j', (text) => {
      const { events, passive: way } = received();
      const reply = way?.answer({ type: 'text', text }, NOW);
      if (!reply) throw new Error('A text must be carried.');
      const from = events.find((event) => event.kind === 'message')?.from;
      expect(offered.read(reply, offered.config)).toMatchObject({ to: from, text });
    });
    it('with everything the account can send, or says that it cannot carry it', () => {
      for (const content of sendables(connector)) {
        const reply = received().passive?.answer(content, NOW);
        if (reply) expect(offered.read(reply, offered.config).to, content.type).not.toBe('');
      }
    });
  });
}
