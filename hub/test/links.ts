import { z } from 'zod';
import { defineConnector, type Outbound, type Tools } from '../../connectors/connector.ts';
import { BadSignature } from '../../connectors/errors.ts';
import type { LinkHolder, OpenLink } from '../../connectors/link.ts';

/** A link that a test opens, moves and looks at. */
export interface FakeLink {
  holder: LinkHolder;
  tools: Tools;
  calls: string[];
  sent: Outbound[];
  closed: boolean;
  /** What `send` does beside noting it. */
  onSend?: (batch: Outbound) => void;
}

/** A connector whose links are plain objects, newest last. */
export function fakeConnector() {
  const opened: FakeLink[] = [];
  const connector = defineConnector({
    name: 'fake-link',
    label: { zh: '假', en: 'Fake' },
    fields: {},
    config: z.object({}),
    can: { text: 1000, ids: true, typing: 'out', markRead: true, recall: 60 },
    hosts: {},
    receive() {
      throw new BadSignature('never');
    },
    link: {
      async open(_config, tools, holder) {
        const fake: FakeLink = { holder, tools, calls: [], sent: [], closed: false };
        opened.push(fake);
        const note = (what: string) => async (value: unknown) =>
          void fake.calls.push(`${what} ${JSON.stringify(value)}`);
        const link: OpenLink = {
          async send(batch) {
            fake.onSend?.(batch);
            fake.sent.push(batch);
            return { messages: batch.messages.map(({ id }) => ({ externalId: `sent-${id}` })) };
          },
          media: async (source) => ({
            stream: new Blob([source]).stream() as ReadableStream<Uint8Array>,
            mime: 'text/plain',
          }),
          pair: note('pair'),
          typing: note('typing'),
          markRead: note('markRead'),
          recall: note('recall'),
          async logout() {
            fake.calls.push('logout');
            holder.state({ state: 'failed', code: 'logged_out', reason: 'Logged out here.' });
          },
          async close() {
            fake.closed = true;
          },
        };
        return link;
      },
    },
  });
  return { connector, opened };
}
