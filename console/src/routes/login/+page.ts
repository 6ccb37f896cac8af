import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';

export async function load() {
  const setup = await api.get<{ needsOwner: boolean; sandbox: boolean }>('/setup').catch(() => null);
  if (setup?.needsOwner) redirect(307, '/setup');
  return { sandbox: setup?.sandbox ?? false };
}
