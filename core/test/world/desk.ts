import * as desk from '../../desk.ts';
import { groupTakesOver } from '../../greet.ts';
import { closing } from '../../reception.ts';
import { Refusal } from '../../refusal.ts';
import type { Session } from '../../session.ts';
import type { Step } from '../../step.ts';
import type { Act } from './any-act.ts';
import { type Customer, GROUPS } from './names.ts';
import type { World } from './world.ts';

/** One of the desk's acts, by whoever serves the session. What a member may not do is refused and changes nothing. */
export function deskDoes(world: World, act: Act): void {
  const session = 'who' in act ? world.open.get(act.who)?.session : undefined;
  if (!session || !('who' in act)) return;
  try {
    world.put(act.who, stepsOf(world, act.who, session, act));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function stepsOf(world: World, who: Customer, session: Session, act: Act): Step[] {
  const by = { id: session.agentId ?? 'a1', role: 'agent' } as const;
  const { settings } = world.house;
  const about = { settings: settings.transfers, desk: settings.desk, at: world.at };
  switch (act.do) {
    case 'accepts':
      return desk.accept(session, memberOf(world, act.agent));
    case 'replies':
      return desk.reply(session, by.id, { id: 'm', content: { type: 'text', text: 'yes?' } }, world.rules);
    case 'locks':
      return desk.lock(session, by, act.on, settings.desk);
    case 'closes':
      return end(world, who, session, by);
    case 'answers':
      return desk.answerOffer(session, session.marks.offer?.to ?? 'a1', act.yes, about);
    case 'transfers': {
      const group = GROUPS.find((id) => id === act.to);
      if (!group) {
        const available = memberOf(world, act.to).cap > 0;
        return desk.transfer(session, by, { kind: 'member', member: { id: act.to }, available }, about);
      }
      const at = world.situation(who);
      const { members } = at.floor.group(group)!;
      const greetings = groupTakesOver(group, { ...at, said: session.marks.said }, settings.transfers);
      return desk.transfer(session, by, { kind: 'group', groupId: group, members }, { ...about, greetings });
    }
    default:
      return [];
  }
}

/** A member ends it; throws a Refusal where he may not. */
export function end(world: World, who: Customer, session: Session, by: desk.By): Step[] {
  desk.mayEnd(session, by);
  return closing(session, { by: 'agent', memberId: by.id }, world.situation(who));
}

function memberOf(world: World, id: string): desk.Member {
  const agent = world.agents().find((one) => one.id === id)!;
  return { id, role: 'agent', cap: agent.cap, serving: agent.serving, groupIds: Object.keys(agent.groups) };
}
