import type { Reason } from '../../../../core/route/decision.ts';
import { fullTime } from '../clock.svelte.ts';
import { type Key, maybe, t } from '../i18n/index.svelte.ts';
import type { Sentence } from './explain.ts';
import { names } from './names.svelte.ts';

/** Sentences of decisions in the language of the screen; ids become names, `*` (and nothing) is the queue of everybody. */
export function spoken({ key, values = {} }: Sentence): string {
  return t(key as Key, readable(values));
}
/** A time of day, or a day. */
const CLOCK = /^\d{2}:\d{2}$|^\d{4}-\d{2}-\d{2}$/;
export function readable(values: Record<string, string | number> = {}): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      // From and to of a period or a holiday, not of a queue.
      if ((key === 'from' || key === 'to') && CLOCK.test(String(value))) return [key, value];
      if (key === 'group' || key === 'groupId' || key === 'from' || key === 'to')
        return [key, value === '' || value === '*' ? t('out.everybody') : (names.of(String(value)) ?? t('sum.gone'))];
      if (key === 'memberId' || key === 'agent' || key === 'agentId' || key === 'channelId' || key === 'tagId')
        return [key, names.of(String(value)) ?? t('sum.gone')];
      if (key === 'mode') return [key, t(`mode.${value}` as Key)];
      if (key === 'opensAt') return [key, fullTime(value)];
      return [key, typeof value === 'string' ? (names.of(value) ?? value) : value];
    }),
  );
}

/** Which step of the chain a reason is about. */
export function stepOf({ kind, id, name }: Reason): string {
  const known = id && names.of(id);
  // A rule without a name is already called 'Rule 3'.
  if (kind === 'rule' && !name && known) return known;
  const called = name || known;
  return called ? t(`step.${kind}.named` as Key, { name: called }) : t(`step.${kind}` as Key);
}
/** Why it did, or did not, decide. `all` are the reasons told with it, which may know the names that it speaks of. */
export function reasonOf(
  { code, params = {} }: Pick<Reason, 'code' | 'params'>,
  all: readonly Pick<Reason, 'id' | 'name'>[] = [],
): string {
  const key = `reason.${code}`;
  if (!maybe(key)) return code;
  // `earlier`: by the rule with that id, or by a step without one.
  const { by, kind } = params;
  const earlier = by ? all.find((one) => one.id === by && one.name)?.name : undefined;
  const step = kind ? t(`step.${kind}` as Key) : t('step.rule');
  const named = { ...readable(params), by: earlier ?? (by ? names.of(String(by)) : undefined) ?? step };
  // The rule looked at what is to happen after hours.
  const after = params.open === 0 && code !== 'group-closed' ? t('reason.after-hours') : '';
  return t(key as Key, named) + after;
}
