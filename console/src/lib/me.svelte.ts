import type { Me, Member, Preferences } from '../../../hub/shapes/house.ts';
import { api, call } from './api.ts';
import { speak } from './i18n/index.svelte.ts';
import { wear } from './theme.ts';

type Role = Member['role'];
const RANK: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2, owner: 3 };

/** Who sits here. `value` is null until signed in. */
class Myself {
  value: Me | null = $state.raw(null);
  get member(): Member {
    return this.value!.member;
  }
  get preferences(): Preferences {
    return this.value!.preferences;
  }
  is(least: Role): boolean {
    return this.value !== null && RANK[this.value.member.role] >= RANK[least];
  }
  async take(me: Me): Promise<void> {
    this.value = me;
    wear(me.preferences.theme);
    if (me.preferences.language) await speak(me.preferences.language);
  }
  async load(): Promise<void> {
    await this.take(await api.get<Me>('/me'));
  }
  /** Shows the change at once, and what the hub made of it when it answers. Throws ApiError after putting it back. */
  async change(
    patch: Partial<Pick<Member, 'name' | 'avatar' | 'status' | 'cap'>> & { preferences?: Partial<Preferences> },
  ): Promise<void> {
    const before = this.value!;
    const { preferences, ...member } = patch;
    await this.take({
      ...before,
      member: { ...before.member, ...member },
      preferences: { ...before.preferences, ...preferences },
    });
    try {
      await this.take(await api.patch<Me>('/me', patch));
    } catch (error) {
      await this.take(before);
      throw error;
    }
  }
  /** News of a member that may be me. */
  hear(member: Member): void {
    if (this.value?.member.id === member.id) this.value = { ...this.value, member };
  }
  async signOut(): Promise<void> {
    await call('POST', '/auth/sign-out', {});
    this.value = null;
  }
}
export const me = new Myself();
