import type { Step } from '../../core/step.ts';
import { withTracks } from '../../core/track.ts';
import type { CompiledRules, OpenChannel } from './rulebook.ts';
import { languageFor } from './situation.ts';

/** Whose steps are told: `language` as the customer's platform tells it. */
export interface Track {
  channel: OpenChannel;
  rules: CompiledRules;
  people: ReadonlyMap<string, { name: string }>;
  language: string | null;
}

/** AR-17: whether this channel's customers see the steps of their session. Only the page does: elsewhere each line would be a message of its own. */
export const tells = (channel: OpenChannel, { settings }: CompiledRules): boolean =>
  settings.texts.showTrack && channel.connector.name === 'web';

/** AR-17: the steps, and what the visitor sees of them. */
export function tracked(steps: readonly Step[], { channel, rules, people, language }: Track): readonly Step[] {
  if (!tells(channel, rules)) return steps;
  return withTracks(steps, {
    texts: rules.settings.texts,
    language: languageFor(channel, language),
    member: (id) => people.get(id)?.name,
    group: (id) => rules.groups.get(id)?.name,
  });
}
