import type { Client } from './client.ts';
import type { House } from './house.ts';
import type { Plan } from './plan.ts';
import type { Wanted } from './resolve.ts';
import type { FileGroup, FileReply } from './shape.ts';
import { plain } from './told.ts';

/**
 * Does what a plan says. The order is such that nothing is named before it is there or after it is gone: groups are made,
 * plans that go are let go of, all documents are put at once, then groups, words and rules get their contents, and what
 * nobody wants goes last. Throws `Refused`; whatever was done until then stays, and the next apply does the rest.
 */
export async function apply(client: Client, house: House, wanted: Wanted, plan: Plan): Promise<void> {
  const real = new Map<string, string>();
  for (const { name } of plan.groups.make) {
    const { id } = await client.call<{ id: string }>('POST', '/groups', { name, memberIds: [] });
    real.set(wanted.fresh.get(name)!, id);
  }
  const ids = <T>(value: T): T => (real.size ? replaced(value, real) : value) as T;

  const plans = wanted.file.hours && new Set(wanted.file.hours.plans.map((one) => one.id));
  for (const { id } of plan.groups.set) {
    const old = house.groups.find((group) => group.id === id)!.planId;
    if (old && plans && !plans.has(old)) await client.call('PATCH', `/groups/${id}`, { planId: null });
  }
  if (Object.keys(plan.documents).length) await client.call('PUT', '/settings', { documents: ids(plan.documents) });

  for (const group of plan.groups.make)
    await client.call('PATCH', `/groups/${real.get(wanted.fresh.get(group.name)!)}`, matter(group));
  for (const { id, group } of plan.groups.set) await client.call('PATCH', `/groups/${id}`, matter(group));

  for (const id of plan.words.drop) await client.call('DELETE', `/words/${id}`);
  for (const [kind, words] of plan.words.add) await client.call('POST', '/words', { kind, words: ids(words) });

  await applyReplies(client, plan);
  for (const { id } of plan.groups.drop) await client.call('DELETE', `/groups/${id}`);
}

async function applyReplies(client: Client, { replies }: Plan): Promise<void> {
  for (const id of replies.drop) await client.call('DELETE', `/auto-replies/${id}`);
  for (const { id, reply } of replies.set) await client.call('PATCH', `/auto-replies/${id}`, rule(reply));
  const known = new Map(replies.ids);
  for (const { key, reply } of replies.make)
    known.set(key, (await client.call<{ id: string }>('POST', '/auto-replies', rule(reply))).id);
  if (replies.order)
    await client.call('POST', '/auto-replies/order', { ids: replies.order.map((key) => known.get(key)!) });
}

const matter = ({ members, plan, greeting, offHours }: FileGroup) => ({
  planId: plan,
  greeting,
  offHours,
  ...(members && {
    memberIds: members.map((one) => one.member),
    skills: Object.fromEntries(members.filter((one) => one.skill).map((one) => [one.member, one.skill])),
    overflowMemberIds: members.filter((one) => one.overflow).map((one) => one.member),
  }),
});

const rule = ({ channels, replies, ...reply }: FileReply) => ({
  ...reply,
  channelIds: channels,
  replies: replies.map(plain),
});

/** A copy in which ids made up are the real ones. */
function replaced(value: unknown, real: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return real.get(value) ?? value;
  if (Array.isArray(value)) return value.map((part) => replaced(part, real));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part, real)]));
}
