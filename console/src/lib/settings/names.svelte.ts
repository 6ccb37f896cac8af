import { api } from '../api.ts';
import { house } from '../house.svelte.ts';
import { either, t } from '../i18n/index.svelte.ts';
import { known } from '../tags/known.svelte.ts';
import type { Doc, RouteRule } from './shapes.ts';

/** What documents point at by id, for choosing and for saying. Groups, members and channels are the house's, tags are `known`; plans are read here. */
class Names {
  plans: { id: string; name: string }[] = $state.raw([]);
  /** Names of what lies in the document on screen (rules, plans, policies), told by its page. */
  own: ReadonlyMap<string, string> = $state.raw(new Map());
  /** The same for all documents as they are saved. */
  #rules: ReadonlyMap<string, string> = $state.raw(new Map());
  /** Until then nothing is known to be gone. */
  loaded = $state(false);
  #going: Promise<unknown> | null = null;

  /** Reads once. Never throws: what a role may not read has no names. */
  want(): Promise<unknown> {
    this.#going ??= Promise.all([
      house.want('groups', 'members', 'channels', 'connectors'),
      known.want(),
      api.get<Doc<'hours'>>('/settings/hours').then(
        ({ document }) => void (this.plans = document.plans.map(({ id, name }) => ({ id, name }))),
        () => undefined,
      ),
    ]).then(() => void (this.loaded = true));
    return this.#going;
  }
  /** Reads what the rules of the house are called. Never throws. */
  async wantRules(): Promise<void> {
    const [routing, reception, queues] = await Promise.allSettled([
      api.get<Doc<'routing'>>('/settings/routing'),
      api.get<Doc<'reception'>>('/settings/reception'),
      api.get<Doc<'queues'>>('/settings/queues'),
    ]);
    const found: { id: string; name: string }[] = [];
    if (routing.status === 'fulfilled') found.push(...namedRules(routing.value.document.rules));
    if (reception.status === 'fulfilled') found.push(...reception.value.document.plans);
    if (queues.status === 'fulfilled') found.push(...queues.value.document.rules, ...queues.value.document.policies);
    this.#rules = new Map(found.map(({ id, name }) => [id, name]));
  }
  readonly #all = $derived(
    new Map([
      ...[house.groups, house.members, house.channels, this.plans].flatMap((list) =>
        list.map(({ id, name }): [string, string] => [id, name]),
      ),
      ...house.connectors.map(({ name, label }): [string, string] => [name, either(label)]),
      ...this.#rules,
      ...this.own,
    ]),
  );
  /** The name of whatever has this id; a connector by its own name. Undefined: not known here, or no longer there. */
  of(id: string): string | undefined {
    return this.#all.get(id) ?? known.one('contact', id)?.name ?? known.one('session', id)?.name;
  }
}
export const names = new Names();

/** Rows of the routing page: a rule without a name is known by its place. */
export const namedRules = (rules: readonly RouteRule[]): { id: string; name: string }[] =>
  rules.map((rule, index) => ({
    id: rule.id,
    name: rule.kind === 'rule' ? rule.name || t('routing.rule.n', { n: index + 1 }) : t(`routing.row.${rule.kind}`),
  }));
