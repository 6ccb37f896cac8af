import type { Welcome } from '../../shared/bridge.ts';

type About = Omit<Welcome, 'haina'>;

/** What hello tells the hub beside the token; `HelloRequest` of hub/shapes/visitor.ts. */
export interface Greeting {
  page: About['page'];
  language: string;
  visit?: Record<string, string>;
  sealed?: string;
  identity?: { jwt?: string; userId?: string; userHash?: string };
}

/** A chat link's parameters: `p` sealed ones, `user` or `userId` and `userHash` who it is, the rest about the visit. */
export function fromLink(link: URLSearchParams, page: About['page']): About {
  const { language, p, user, userId, userHash, ...visit } = Object.fromEntries(link);
  return { page, language, visit, sealed: p, user, userId, userHash };
}

/** The hub refuses what is longer: of a link that nobody of ours wrote, what fits is told. */
export function helloOf({ page, visit = {}, sealed, user, userId, userHash }: About, language: string): Greeting {
  const told = Object.entries(visit)
    .filter(([name, value]) => name.length <= 70 && typeof value === 'string')
    .slice(0, 40)
    .map(([name, value]) => [name, value.slice(0, 500)]);
  return {
    page,
    language,
    ...(told.length && { visit: Object.fromEntries(told) }),
    ...(sealed && { sealed }),
    ...((user || userId) && { identity: { jwt: user, userId, userHash } }),
  };
}
