import { redirect } from '@sveltejs/kit';
import { me } from '#lib/me.svelte.ts';

export async function load({ parent }) {
  await parent();
  redirect(307, me.is('admin') ? '/settings/channels' : '/settings/profile');
}
