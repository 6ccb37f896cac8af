import { randomUUID } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { BadSignature } from '../../connectors/errors.ts';
import { readVisit, type Visit } from '../../connectors/web/entry.ts';
import { identify, isBefore, openSealed, type Secrets } from '../../connectors/web/identity.ts';
import { admitted, type Door } from '../../connectors/web/token.ts';
import type { Hub } from '../hub.ts';
import type { HelloRequest } from '../shapes/visitor.ts';
import { unknownGroups } from '../store/groups.ts';
import { shownMembers } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import type { OpenChannel } from './rulebook.ts';

/** Who says hello, and with what. */
interface Greeted {
  visitorId: string;
  /** The site has vouched for him. */
  user: boolean;
  /** May have been here before. */
  known: boolean;
  visit: Visit;
}

type WebConfig = Door & Secrets & { link?: string; linkPlainBelow?: string };
export const doorOf = (channel: OpenChannel): WebConfig => channel.config as Record<string, string> as never;

/**
 * Who a page says hello for. A user the site vouches for is always the same visitor; whoever brings his token of last
 * time is the same as then, but a user's token alone, without the site's word, is nobody's: the browser may have another
 * person before it by now. Where links must be sealed (CH-18) an unsealed one is let in only for an SDK old enough.
 * Throws BadSignature, BadRequest `link_over`.
 */
export async function greeted(hub: Hub, channel: OpenChannel, wish: z.infer<typeof HelloRequest>): Promise<Greeted> {
  const config = doorOf(channel);
  const given = wish.token ? admitted(config, wish.token) : undefined;
  const plain = wish.visit ?? {};
  const sealed = wish.sealed ? await openSealed(config, wish.sealed, hub.now()) : undefined;
  if (config.link === 'encrypted' && !sealed && !given && !mayComeUnsealed(config, plain.sdk))
    throw new BadSignature('The parameters of this link must be sealed.');
  const link = readVisit(sealed ?? plain);
  const said = (sealed ?? {}) as { jwt?: unknown; userId?: unknown };
  const user = await identify(config, {
    ...wish.identity,
    ...(typeof said.jwt === 'string' && { jwt: said.jwt }),
  });
  if (!user && config.identity === 'required') throw new BadSignature('This chat is for signed-in users.');
  const visit: Visit = {
    entry: { ...link.entry, ...user?.entry },
    profile: {
      ...link.profile,
      ...user?.profile,
      // what a site vouches for is a real name.
      ...(user?.profile.name && { real: true }),
      ...(Boolean(link.profile.fields || user?.profile.fields) && {
        fields: { ...link.profile.fields, ...user?.profile.fields },
      }),
    },
  };
  await dropStrangers(hub.db.org(channel.organisationId), visit.entry);
  if (user) return { visitorId: user.visitorId, user: true, known: true, visit };
  const back = given && !given.user ? given.id : undefined;
  return { visitorId: back ?? randomUUID(), user: false, known: back !== undefined, visit };
}

function mayComeUnsealed({ linkPlainBelow }: WebConfig, sdk: string | undefined): boolean {
  return Boolean(linkPlainBelow && sdk && /^\d{1,4}(\.\d{1,4}){0,3}$/.test(sdk) && isBefore(sdk, linkPlainBelow));
}

/** Groups and members that are not ours are not asked for. */
async function dropStrangers(org: Org, entry: Record<string, string>): Promise<void> {
  if (entry.group && (await unknownGroups(org, [entry.group])).length) delete entry.group;
  if (entry.agent && !(await shownMembers(org, entry.agent)).length) delete entry.agent;
}
