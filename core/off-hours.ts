import type { Reception, Routing } from './settings/index.ts';

/**
 * V-39: what a web plugin does after hours where it does not follow the house (`house`): asks for a message at once, says
 * its text, or lets the customer in and in line.
 */
export const OFF_HOURS = ['form', 'text', 'chat'] as const;

/** A plugin's own way after hours. `text` empty: the group's, the organisation's or the house's. */
export interface OffHours {
  show: (typeof OFF_HOURS)[number];
  text: string;
  /** It is after hours for this plugin. */
  now: boolean;
}

/** What becomes of who asks for a person there after hours, where no routing rule says what: instead of `reception.afterHours`. */
export const AFTER_HOURS = { form: 'leave', text: 'hours', chat: 'queue' } as const satisfies Record<
  OffHours['show'],
  Reception['afterHours']
>;

/** What an opened chat shows instead of a beginning conversation; null: it begins as ever. */
export const instead = (offHours: OffHours | undefined): 'form' | 'text' | null =>
  offHours?.now && offHours.show !== 'chat' ? offHours.show : null;

/**
 * The group whose working time is a channel's: its own, else that of the fallback; null: the organisation's.
 * `exists`: a group may be gone.
 */
export function homeGroup(
  channelGroupId: string | null,
  { fallback: { on } }: Pick<Routing, 'fallback'>,
  exists: (groupId: string) => boolean,
): string | null {
  const fallback = on.to === 'group' || on.to === 'agent' ? on.groupId : null;
  return [channelGroupId, fallback].find((id) => id !== null && exists(id)) ?? null;
}
