import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';

export async function load() {
  const setup = await api.get<{ needsOwner: boolean }>('/setup').catch(() => null);
  if (setup && !setup.needsOwner) redirect(307, '/login');
}
