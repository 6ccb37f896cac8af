/** A message between page and server, in the page's own names. `t` in seconds. */
export interface Wire {
  id: string;
  remote: string;
  fromMe: boolean;
  type: string;
  body?: string;
  caption?: string;
  t: number;
  ack: number;
  notifyName?: string;
  mimetype?: string;
  size?: number;
  filename?: string;
  duration?: number;
  lat?: number;
  lng?: number;
  loc?: string;
  quotedStanzaID?: string;
  quotedParticipant?: string;
  file?: string;
}

/** A person on WhatsApp: known by number, and by an id that hides it. */
export interface Customer {
  pn: string;
  lid: string;
  name: string;
  /** This person's chats go under the hidden id. */
  hidden?: boolean;
}

/** The account's owner, with the phone that scans. */
export interface Owner {
  number: string;
  pn: string;
  lid: string;
  name: string;
}

/** What the server tells a device. */
export type News = { type: string; n: number } & Record<string, unknown>;

/** A browser that has opened the page. */
export interface Device {
  id: string;
  ref: string;
  code?: { code: string; phone: string };
  owner?: string;
  news: News[];
  wake?: () => void;
  openedAt: number;
}

export const keyOf = ({ fromMe, remote, id }: Pick<Wire, 'fromMe' | 'remote' | 'id'>): string =>
  `${fromMe}_${remote}_${id}`;
