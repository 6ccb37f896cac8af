import { advance, replay } from '../advance.ts';
import * as desk from '../desk.ts';
import type { Floor, GroupFloor } from '../floor.ts';
import { groupTakesOver } from '../greet.ts';
import { happenings } from '../happen.ts';
import { isOpen, nextOpening } from '../hours.ts';
import type { Inbound, InboundKind } from '../inbound.ts';
import { unable } from '../match/who.ts';
import { type Agent, match, sooner, type Waiting } from '../match.ts';
import { closing, onInbound } from '../reception.ts';
import { Refusal } from '../refusal.ts';
import { compileRoutes, type Routes } from '../route/index.ts';
import { NOTHING_FOUND, type Rules } from '../rules.ts';
import { blank, type Happening, type Session } from '../session.ts';
import type { GroupTexts, Situation } from '../situation.ts';
import type { Step } from '../step.ts';
import { deadline, due } from '../timers.ts';
import { type Act, AGENTS, CUSTOMERS, GROUPS, type House } from './houses.ts';
import { rule, WORDS } from './situation.ts';

/** A session as the hub keeps it: the row, and the events it is the replay of. */
export interface Kept {
  session: Session;
  events: Happening[];
}
type Customer = (typeof CUSTOMERS)[number];

/**
 * A small hub without a database: core decides, steps become events, events become sessions. Whatever a member may not do
 * is refused and changes nothing.
 */
export class World {
  readonly house: House;
  readonly rules: Rules;
  readonly routes: Routes;
  readonly open = new Map<Customer, Kept>();
  readonly closed = new Map<Customer, Kept>();
  at: number;
  #ids = 0;
  readonly #connected = new Map<string, boolean>();

  constructor(house: House) {
    this.house = house;
    this.at = house.at;
    this.routes = compileRoutes(house.settings);
    this.rules = {
      settings: house.settings,
      routes: this.routes,
      replies: [rule('price', 'keyword', ['99'])],
      scan: (text) => ({ ...NOTHING_FOUND, ...WORDS[text] }),
    };
    AGENTS.forEach((id, n) => void this.#connected.set(id, house.staff[n]!.connected));
  }

  person(who: Customer) {
    return this.house.people[CUSTOMERS.indexOf(who)]!;
  }

  isOpen(groupId: string | null): boolean {
    return isOpen(this.#plan(groupId), this.house.settings.hours.zone, this.at);
  }

  #plan(groupId: string | null) {
    const { plans, standard } = this.house.settings.hours;
    const own = this.house.groups[GROUPS.indexOf(groupId as 'g1')]?.planId ?? standard;
    return plans.find(({ id }) => id === own) ?? null;
  }

  agents(): Agent[] {
    return AGENTS.map((id, n) => {
      const { groups, status, cap } = this.house.staff[n]!;
      const serving = [...this.open.values()].filter(({ session }) => session.agentId === id).length;
      const skills = Object.fromEntries(groups.map((group) => [group, 50]));
      return {
        id,
        groups: skills,
        overflow: [],
        status,
        connected: this.#connected.get(id)!,
        serving,
        cap,
        level: 5,
        lastAssigned: 0,
      };
    });
  }

  waiting(): Waiting[] {
    return [...this.open.values()]
      .filter(({ session }) => session.state === 'waiting')
      .map(({ session: { id, groupId, waitingSince, priority, wanted } }) => ({
        sessionId: id,
        groupId,
        since: waitingSince!,
        priority,
        wanted,
        regularAgentId: null,
      }));
  }

  floor(): Floor {
    const agents = this.agents();
    const waiting = this.waiting();
    const { matching } = this.house.settings;
    const there = (agent: Agent) => [null, 'full'].includes(unable(agent, matching));
    return {
      group: (id): GroupFloor | null => {
        if (id !== null && !GROUPS.includes(id as 'g1')) return null;
        const members = id === null ? agents : agents.filter(({ groups }) => Object.hasOwn(groups, id));
        const open = this.isOpen(id);
        return {
          open,
          opensAt: open ? null : nextOpening(this.#plan(id), this.house.settings.hours.zone, this.at),
          members: members.length,
          present: members.filter(there).length,
          free: members.filter((agent) => !unable(agent, matching)).length,
          waiting: waiting.filter(({ groupId }) => groupId === id).length,
          pace: 60,
        };
      },
      agent: (id) => {
        const agent = agents.find((one) => one.id === id);
        if (!agent) return null;
        return { present: there(agent), free: !unable(agent, matching), groupIds: Object.keys(agent.groups) };
      },
    };
  }

  group(id: string): GroupTexts | null {
    const texts = this.house.groups[GROUPS.indexOf(id as 'g1')];
    return texts ? { id, name: id, ...texts } : null;
  }

  situation(who: Customer): Situation {
    const { channel, tags, language, entry } = this.person(who);
    const session = this.open.get(who)?.session ?? null;
    const last = this.closed.get(who)?.session;
    const place = session && [...this.waiting()].sort(sooner).findIndex(({ sessionId }) => sessionId === session.id);
    return {
      session,
      channelId: channel.id,
      connector: channel.connector,
      channelGroupId: channel.groupId,
      rules: this.rules,
      floor: this.floor(),
      at: this.at,
      ownPlace: place === null || place < 0 ? null : place + 1,
      tags,
      closedBy: last?.endedBy === 'agent' && last.agentId ? { agentId: last.agentId, at: last.closedAt! } : null,
      rateable:
        !session && last?.marks.invited
          ? { sessionId: last.id, invitation: last.marks.invited, rated: last.marks.rated === true }
          : null,
      language,
      mayEnd: this.house.settings.reception.visitorEnds,
      entry,
      chance: 0,
      newId: () => `id${++this.#ids}`,
      versions: {},
      group: (id) => this.group(id),
    };
  }

  /** Steps become events and events a session; an ended one makes room for the next. */
  put(who: Customer, steps: readonly Step[]): void {
    for (const step of steps)
      for (const event of happenings(step, this.at)) {
        if (event.type === 'opened') {
          const session = blank(`s${++this.#ids}`, this.person(who).channel.id, this.at);
          this.open.set(who, { session, events: [] });
        }
        const kept = this.open.get(who) ?? this.closed.get(who);
        if (!kept) throw new Error(`${event.type} for nobody`);
        kept.events.push(event);
        advance(kept.session, event);
        if (kept.session.state === 'closed') {
          this.open.delete(who);
          this.closed.set(who, kept);
        }
      }
  }

  /** What the customer does; gives what it was decided on, and what came of it. */
  inbound(who: Customer, kind: InboundKind): { event: Inbound; at: Situation; steps: Step[] } {
    const event = { externalId: `e${++this.#ids}`, from: who, at: this.at, ...kind } as Inbound;
    const at = this.situation(who);
    const before = at.session && structuredClone(at.session);
    const steps = onInbound(event, at);
    this.put(who, steps);
    return { event, at: { ...at, session: before }, steps };
  }

  /** What a member does; `false`: he may not. */
  does(who: Customer, work: (session: Session) => Step[]): boolean {
    const kept = this.open.get(who);
    if (!kept) return false;
    try {
      this.put(who, work(kept.session));
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** Who waits meets who is free. */
  match(): void {
    const hall = { matching: this.house.settings.matching, at: this.at, open: (id: string | null) => this.isOpen(id) };
    for (const { sessionId, agentId } of match(this.waiting(), this.agents(), hall)) {
      const [who] = [...this.open].find(([, { session }]) => session.id === sessionId)!;
      this.put(who, [{ do: 'serve', agentId, how: 'matched' }]);
    }
  }

  /** What time alone brings about, as `tick` finds it. What it asks for has to move the deadline on. */
  tick(): void {
    const { settings } = this.house;
    for (const who of [...this.open.keys()])
      for (let turns = 0; this.isDue(who); turns++) {
        if (turns === 10) throw new Error('time stands still');
        const { language, at, newId } = this.situation(who);
        this.put(who, due(this.open.get(who)!.session, { settings, language, at, position: null, newId }));
      }
  }

  isDue(who: Customer): boolean {
    const session = this.open.get(who)?.session;
    return session !== undefined && (deadline(session, this.house.settings) ?? Number.POSITIVE_INFINITY) <= this.at;
  }

  member(id: string): desk.Member {
    const agent = this.agents().find((one) => one.id === id)!;
    return { id, role: 'agent', cap: agent.cap, serving: agent.serving, groupIds: Object.keys(agent.groups) };
  }

  /** One of the desk's acts, by whoever serves the session. */
  desk(act: Act): void {
    if (!('who' in act)) return;
    const { who } = act;
    const session = this.open.get(who)?.session;
    const by = { id: session?.agentId ?? 'a1', role: 'agent' } as const;
    const { settings } = this.house;
    const about = { settings: settings.transfers, at: this.at };
    if (act.do === 'accepts') this.does(who, (one) => desk.accept(one, this.member(act.agent)));
    if (act.do === 'replies')
      this.does(who, (one) => desk.reply(one, by.id, { id: 'm', content: { type: 'text', text: 'yes?' } }, this.rules));
    if (act.do === 'locks') this.does(who, (one) => desk.lock(one, by, act.on, settings.desk));
    if (act.do === 'closes') this.does(who, (one) => this.end(who, one, by));
    if (act.do === 'answers')
      this.does(who, (one) => desk.answerOffer(one, one.marks.offer?.to ?? 'a1', act.yes, about));
    if (act.do === 'transfers')
      this.does(who, (one) => {
        const group = (GROUPS as readonly string[]).includes(act.to) ? act.to : null;
        if (!group)
          return desk.transfer(
            one,
            by,
            { kind: 'member', member: { id: act.to }, available: this.member(act.to).cap > 0 },
            about,
          );
        const members = this.floor().group(group)!.members;
        const greetings = groupTakesOver(group, { ...this.situation(who), said: one.marks.said }, settings.transfers);
        return desk.transfer(one, by, { kind: 'group', groupId: group, members }, { ...about, greetings });
      });
  }

  end(who: Customer, session: Session, by: desk.By): Step[] {
    desk.mayEnd(session, by);
    return closing(session, { by: 'agent', memberId: by.id }, this.situation(who));
  }

  turn(agent: string, connected: boolean): void {
    this.#connected.set(agent, connected);
  }

  /** A session's events make the row again. */
  static replayed = ({ session, events }: Kept): Session => replay(session.id, session.channelId, events);
}
