import { redirect } from '@sveltejs/kit';
import { ApiError, api } from '#lib/api.ts';
import { me } from '#lib/me.svelte.ts';

/** Nobody signed in goes to the door; an empty house to its first-run page. */
export async function load({ url }) {
  if (me.value) return;
  try {
    await me.load();
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const setup = await api.get<{ needsOwner: boolean }>('/setup').catch(() => null);
    if (setup?.needsOwner) redirect(307, '/setup');
    redirect(307, url.pathname === '/' ? '/login' : `/login?back=${encodeURIComponent(url.pathname + url.search)}`);
  }
}
