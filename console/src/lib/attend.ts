import { goto } from '$app/navigation';
import type { Frame } from '../../../hub/shapes/desk.ts';
import { desk } from './desk.svelte.ts';
import { t } from './i18n/index.svelte.ts';
import { me } from './me.svelte.ts';
import { chime, looking, note } from './notify.ts';
import { isIn } from './order.ts';

let chimedAt = 0;

/** Draws attention, only while nobody looks: a new word in one of my sessions, or somebody new in the queue. Called before the news is applied. */
export function attend(frame: Frame): void {
  if (frame.type !== 'session' || !me.value || looking()) return;
  const { session } = frame;
  const known = desk.session(session.id);
  // a muted session only shows its number.
  if (known?.mine?.muted) return;
  const mine = session.state === 'serving' && isIn(session, me.member.id);
  const spoke = mine && session.unread > (known?.unread ?? 0) && session.last?.author === 'visitor';
  const queued = session.state === 'waiting' && known?.state !== 'waiting';
  if (!spoke && !queued) return;
  const now = Date.now();
  if (me.preferences.sound && now - chimedAt > 1500) {
    chimedAt = now;
    chime();
  }
  if (me.preferences.desktop)
    note(
      session.contact.name,
      spoke ? (session.last?.text ?? '') : t('notify.queued'),
      session.id,
      () => void goto(`/sessions/${session.id}`),
    );
}
