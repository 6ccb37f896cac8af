import { api } from '../api.ts';
import { house } from '../house.svelte.ts';
import { either } from '../i18n/index.svelte.ts';
import type { Doc } from './shapes.ts';

export interface Tag {
  id: string;
  name: string;
  colour: string;
  /** The group a contact's tag stands in. */
  group: string;
  /** Of that group a contact has one at most. */
  single: boolean;
}

/** What documents point at by id, for choosing and for saying: groups, members and channels are the house's; tags and plans are read here. */
class Names {
  contactTags: Tag[] = $state.raw([]);
  plans: { id: string; name: string }[] = $state.raw([]);
  /** Names of what lies in the document on screen (rules, policies), told by its page. */
  own: ReadonlyMap<string, string> = $state.raw(new Map());
  #going: Promise<unknown> | null = null;

  /** Reads once. Never throws: what a role may not read has no names. */
  want(): Promise<unknown> {
    this.#going ??= Promise.all([
      house.want('groups', 'members', 'channels', 'connectors'),
      api.get<Doc<'contact-tags'>>('/settings/contact-tags').then(
        ({ document }) => {
          this.contactTags = document.groups.flatMap((group) =>
            group.tags.map((tag) => ({ ...tag, group: group.name, single: !group.multiple })),
          );
        },
        () => undefined,
      ),
      api.get<Doc<'hours'>>('/settings/hours').then(
        ({ document }) => {
          this.plans = document.plans.map(({ id, name }) => ({ id, name }));
        },
        () => undefined,
      ),
    ]);
    return this.#going;
  }
  /** Somebody changed settings: read again at the next want. */
  forget(): void {
    this.#going = null;
  }
  readonly #all = $derived(
    new Map([
      ...[house.groups, house.members, house.channels, this.contactTags, this.plans].flatMap((list) =>
        list.map(({ id, name }): [string, string] => [id, name]),
      ),
      ...house.connectors.map(({ name, label }): [string, string] => [name, either(label)]),
      ...this.own,
    ]),
  );
  /** The name of whatever has this id; a connector by its own name. Undefined: not known here, or no longer there. */
  of(id: string): string | undefined {
    return this.#all.get(id);
  }
}
export const names = new Names();
