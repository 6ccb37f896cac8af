import { ask, handOff } from '../handoff.ts';
import { itemOf, MENU } from '../menu.ts';
import type { Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { decideOn } from './asking.ts';
import { startLeaving } from './leave.ts';
import { rateInWords } from './rate.ts';
import { quit, whereNow } from './waiting.ts';

/** What follows from a choice in a menu of the house; null: it means nothing here, or nothing any more. */
export function choose(choice: string, at: Situation): Step[] | null {
  const state = at.session?.state ?? 'bot';
  if (choice.startsWith('haina:rate:')) return rateInWords({ type: 'action', data: choice }, at);
  // Whom a person serves he tells what he wants; his menus are gone.
  if (state === 'serving') return null;
  if (choice === MENU.quit) return state === 'waiting' ? quit(at) : null;
  if (choice === MENU.leave) return startLeaving(at);
  if (choice === MENU.human) return state === 'waiting' ? whereNow(at) : ask('button', null, at, true);
  const item = at.rules.settings.texts.menu.items.find(({ id }) => id === itemOf(choice));
  return item ? chooseGroup(item.groupId, at, true) : null;
}

/** AR-11: a person of this group. Who waits elsewhere changes the queue; who waits there already hears his place. */
export function chooseGroup(groupId: string, at: Situation, heard?: boolean): Step[] {
  if (at.session?.state !== 'waiting') return ask('choice', groupId, at, heard);
  const { decision, trace } = decideOn('choice', groupId, at);
  const { outcome } = decision;
  if (outcome.to !== 'wait' || outcome.groupId === at.session.groupId) return whereNow(at);
  return handOff(decision, trace, at, heard);
}
