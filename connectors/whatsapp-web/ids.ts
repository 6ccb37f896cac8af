/** Whose an id is, by its ending (channels/whatsapp.md A5). */
export type Kind = 'person' | 'group' | 'status' | 'newsletter' | 'broadcast' | 'other';

export function kindOf(id: string): Kind {
  if (id === 'status@broadcast') return 'status';
  const server = id.slice(id.lastIndexOf('@') + 1);
  switch (server) {
    case 'c.us':
    case 's.whatsapp.net':
    case 'lid':
      return 'person';
    case 'g.us':
      return 'group';
    case 'newsletter':
      return 'newsletter';
    case 'broadcast':
      return 'broadcast';
    default:
      return 'other';
  }
}

/** One spelling: without the device (`123:4@c.us`), persons by number under `c.us`. */
export function plainId(id: string): string {
  return id.replace(/:\d+@/, '@').replace(/@s\.whatsapp\.net$/, '@c.us');
}

/** The phone number of an id that has one; never of a hidden id, whose digits are no number. */
export function numberOf(id: string): string | undefined {
  return /^(\d{5,20})@c\.us$/.exec(plainId(id))?.[1];
}

/** What the hub knows a customer by becomes the id to look up: an id as it stands, bare digits as a number. */
export function chatOf(to: string): string | undefined {
  const id = plainId(to);
  if (/^\+?\d{5,20}$/.test(id)) return `${id.replace('+', '')}@c.us`;
  return /^\d{5,30}@(c\.us|lid)$/.test(id) ? id : undefined;
}
