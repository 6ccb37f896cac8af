import { advance } from '../advance.ts';
import { happenings } from '../happen.ts';
import { blank } from '../session.ts';
import { defaults, type Settings, Timers } from '../settings/index.ts';
import type { Step } from '../step.ts';
import { deadline, due } from '../timers.ts';

/** For tests: a session that lives by steps, as it does in the hub. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const OPENED = Date.UTC(2026, 10, 23, 1);
const id = (n: number) => `019a0000-0000-7000-8000-00000000000${n}`;
export const [AGENT, OTHER, TAG, TAG2] = [id(1), id(2), id(4), id(5)];
export const GROUP = id(3);

/** Everything off but what a case is about. */
const OFF = { on: false };
export function set(timers: Partial<Record<keyof Timers, object>>, silent: object = {}): Settings {
  const settings = defaults();
  settings.timers = Timers.parse({ agentSilent: OFF, bot: OFF, ...timers });
  settings.matching = { ...settings.matching, silent: { ...settings.matching.silent, ...silent } };
  return settings;
}

/** Times count from the opening. */
export function life(settings: Settings) {
  const session = blank('s', 'c', OPENED);
  const put = (at: number, ...steps: Step[]) => {
    for (const step of steps) for (const event of happenings(step, OPENED + at)) advance(session, event);
  };
  const look = (at: number, position: number | null = null) =>
    due(session, { settings, language: 'zh', at: OPENED + at, position, newId: () => TAG });
  put(0, { do: 'open' });
  return {
    session,
    put,
    look,
    visitor: (at: number) =>
      put(at, { do: 'hear', content: { type: 'text', text: '在吗' }, messageId: `m${at}`, hits: [] }),
    agent: (at: number, agentId = AGENT) =>
      put(at, { do: 'reply', id: `r${at}`, agentId, content: { type: 'text', text: '在' }, hits: [] }),
    wait: (at: number, more: Partial<Extract<Step, { do: 'wait' }>> = {}) =>
      put(at, { do: 'wait', groupId: GROUP, priority: 3, ...more }),
    serve: (at: number, agentId = AGENT) => put(at, { do: 'serve', agentId, how: 'matched' }),
    lock: (at: number, on = true) => put(at, { do: 'lock', on, memberId: AGENT }),
    /** The next moment. */
    next: () => {
      const moment = deadline(session, settings);
      return moment === null ? null : moment - OPENED;
    },
    /** What is due at a moment; it is done as well. */
    tick: (at: number) => {
      const steps = look(at);
      put(at, ...steps);
      return steps;
    },
  };
}

export const kinds = (steps: readonly Step[]) => steps.map((step) => step.do);
export const said = (steps: readonly Step[]) =>
  steps.flatMap((step) => (step.do === 'say' && 'text' in step.content ? [step.content.text] : []));
export const find = <K extends Step['do']>(steps: readonly Step[], kind: K) =>
  steps.find((step): step is Extract<Step, { do: K }> => step.do === kind);
