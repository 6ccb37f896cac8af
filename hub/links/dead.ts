import { Misconfigured } from '../../connectors/errors.ts';
import type { OpenLink } from '../../connectors/link.ts';

/** In place of a link that needs a person before it can be opened: whatever is asked of it says why it cannot. */
export function deadLink({ code, reason }: { code: string; reason: string }): OpenLink {
  const refuse = async () => {
    throw new Misconfigured(code, reason);
  };
  return {
    send: refuse,
    media: refuse,
    profile: refuse,
    recall: refuse,
    logout: async () => {},
    close: async () => {},
  };
}
