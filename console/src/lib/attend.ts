import { goto } from '$app/navigation';
import type { Frame, Session } from '../../../hub/shapes/desk.ts';
import { desk } from './desk.svelte.ts';
import { maybe, t } from './i18n/index.svelte.ts';
import { me } from './me.svelte.ts';
import { chime, looking, note } from './notify.ts';
import { isIn } from './order.ts';
import { toast } from './say.ts';

let chimedAt = 0;

/** Draws attention to what an agent should not miss. Called before the news is applied. */
export function attend(frame: Frame): void {
  if (!me.value) return;
  // A new name is no new customer.
  if (frame.type === 'session' && !frame.again) session(frame.session);
  // Whoever asked a colleague to take over learns that it came to nothing, wherever he looks (TR-05).
  if (frame.type === 'alert' && frame.alert.kind === 'transfer' && frame.alert.memberId === me.member.id) {
    const why = frame.alert.words.map((word: string) => maybe(`alert.transfer.${word}`) ?? word).join(t('row.comma'));
    const text = why ? `${t('alert.transfer')}${t('row.colon')}${why}` : t('alert.transfer');
    toast.info(text);
    if (!looking()) call(t('alert.transfer'), why, frame.alert.sessionId);
  }
}

/** A new word in one of my sessions, somebody new in the queue, a colleague who asks me to take over (TR-06). */
function session(session: Session): void {
  const known = desk.session(session.id);
  const own = me.member.id;
  const asked = session.offer?.to === own && known?.offer?.to !== own;
  if (asked) {
    const text = t('row.offer');
    if (looking()) toast.info(`${session.contact.name}${t('row.colon')}${text}`);
    else call(session.contact.name, text, session.id);
    return;
  }
  // a muted session only shows its number.
  if (looking() || known?.mine?.muted) return;
  const mine = session.state === 'serving' && isIn(session, own);
  const spoke = mine && session.unread > (known?.unread ?? 0) && session.last?.author === 'visitor';
  const queued = session.state === 'waiting' && known?.state !== 'waiting';
  if (spoke) call(session.contact.name, session.last?.text ?? '', session.id);
  else if (queued) call(session.contact.name, t('notify.queued'), session.id);
}

/** By sound and by the system's own notice, as its owner wishes. */
function call(title: string, text: string, sessionId: string | null): void {
  const now = Date.now();
  if (me.preferences.sound && now - chimedAt > 1500) {
    chimedAt = now;
    chime();
  }
  if (me.preferences.desktop)
    note(title, text, sessionId ?? title, () => void goto(sessionId ? `/sessions/${sessionId}` : '/'));
}
