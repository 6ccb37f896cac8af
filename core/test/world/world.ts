import { advance } from '../../advance.ts';
import { happenings } from '../../happen.ts';
import type { Inbound, InboundKind } from '../../inbound.ts';
import { type Agent, match, sooner, type Waiting } from '../../match.ts';
import { homeGroup } from '../../off-hours.ts';
import { onInbound } from '../../reception.ts';
import { compileRoutes } from '../../route/index.ts';
import { NOTHING_FOUND, type Rules } from '../../rules.ts';
import { blank, type Happening, type Session } from '../../session.ts';
import type { GroupTexts, Situation } from '../../situation.ts';
import type { Step } from '../../step.ts';
import { deadline, due } from '../../timers.ts';
import { rule, WORDS } from '../situation.ts';
import type { House } from './any-house.ts';
import { agentsOf, floorOf, isWorked } from './floor.ts';
import { type Mirror, mirrored, reflect } from './mirror.ts';
import { CUSTOMERS, type Customer, GROUPS } from './names.ts';

/** A session as the hub keeps it, the row and the events it is the replay of; and what its steps said it would be. */
export interface Kept {
  session: Session;
  events: Happening[];
  mirror: Mirror;
}

/** A small hub without a database: core decides, steps become events, events become sessions. */
export class World {
  readonly house: House;
  readonly rules: Rules;
  readonly open = new Map<Customer, Kept>();
  readonly closed = new Map<Customer, Kept>();
  readonly connected = new Map<string, boolean>();
  at: number;
  #ids = 0;

  constructor(house: House) {
    this.house = house;
    this.at = house.at;
    this.rules = {
      settings: house.settings,
      routes: compileRoutes(house.settings),
      replies: [rule('price', 'keyword', ['99'])],
      scan: (text) => ({ ...NOTHING_FOUND, ...WORDS[text] }),
    };
  }

  person(who: Customer) {
    return this.house.people[CUSTOMERS.indexOf(who)]!;
  }

  sessions(): Session[] {
    return [...this.open.values()].map(({ session }) => session);
  }

  agents(): Agent[] {
    return agentsOf(this.house, this.sessions(), this.connected);
  }

  waiting(): Waiting[] {
    return this.sessions()
      .filter(({ state }) => state === 'waiting')
      .map(({ id, groupId, waitingSince, priority, wanted, marks }) => ({
        sessionId: id,
        groupId,
        since: waitingSince!,
        priority,
        wanted,
        regularAgentId: null,
        lostBy: marks.lostBy ?? null,
      }));
  }

  group(id: string): GroupTexts | null {
    const texts = this.house.groups[GROUPS.indexOf(id as 'g1')];
    return texts ? { id, name: id, ...texts } : null;
  }

  /** Whose hours are a channel's. */
  home(groupId: string | null): string | null {
    return homeGroup(groupId, this.house.settings.routing, (id) => this.group(id) !== null);
  }

  situation(who: Customer): Situation {
    const { channel, tags, language, entry } = this.person(who);
    const session = this.open.get(who)?.session ?? null;
    const last = session ? undefined : this.closed.get(who)?.session;
    const invitation = last?.marks.invited;
    const place = this.waiting()
      .sort(sooner)
      .findIndex(({ sessionId }) => sessionId === session?.id);
    return {
      session,
      channelId: channel.id,
      connector: channel.connector,
      channelGroupId: channel.groupId,
      rules: this.rules,
      floor: floorOf(this.house, this.sessions(), this.agents(), this.at),
      at: this.at,
      ownPlace: place < 0 ? null : place + 1,
      tags,
      closedBy: last?.endedBy === 'agent' && last.agentId ? { agentId: last.agentId, at: last.closedAt! } : null,
      rateable: last && invitation ? { sessionId: last.id, invitation, rated: last.marks.rated === true } : null,
      language,
      mayEnd: this.house.settings.reception.visitorEnds,
      entry,
      offHours: channel.offHours
        ? { ...channel.offHours, now: !isWorked(this.house, this.home(channel.groupId), this.at) }
        : undefined,
      chance: 0,
      newId: () => `id${++this.#ids}`,
      versions: {},
      group: (id) => this.group(id),
    };
  }

  /** Steps become events and events a session; an ended one makes room for the next. */
  put(who: Customer, steps: readonly Step[]): void {
    for (const step of steps) {
      if (step.do === 'open') {
        const session = blank(`s${++this.#ids}`, this.person(who).channel.id, this.at);
        this.open.set(who, { session, events: [], mirror: mirrored() });
      }
      const kept = this.open.get(who) ?? this.closed.get(who);
      const events = happenings(step, this.at);
      if (!kept && events.length) throw new Error(`${step.do} for nobody`);
      if (!kept) continue;
      reflect(kept.mirror, step);
      for (const event of events) advance(kept.session, event);
      kept.events.push(...events);
      if (kept.session.state === 'closed' && this.open.delete(who)) this.closed.set(who, kept);
    }
  }

  /** What the customer does; gives what it was decided on, and what came of it. */
  inbound(who: Customer, kind: InboundKind): { event: Inbound; at: Situation; steps: Step[] } {
    const event = { externalId: `e${++this.#ids}`, from: who, at: this.at, ...kind } as Inbound;
    const at = this.situation(who);
    const session = structuredClone(at.session);
    const steps = onInbound(event, at);
    this.put(who, steps);
    return { event, at: { ...at, session }, steps };
  }

  /** Who waits meets who is free. */
  match(): void {
    const open = (groupId: string | null) => isWorked(this.house, groupId, this.at);
    const hall = { matching: this.house.settings.matching, at: this.at, open };
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
}
