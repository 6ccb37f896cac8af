import type { Can } from '../../core/can.ts';

const file = (...types: string[]) => ({ types, bytes: 25_000_000 });
/** The standard window, and with the app's Human Agent permission seven days; less two minutes for the way. Seconds. */
const grants = (days: number) => {
  const grant = { seconds: days * 86_400 - 120 };
  return { message: grant, menu: grant, enter: grant, consent: grant };
};

export const can: Can = {
  text: 2000,
  image: { types: ['image/jpeg', 'image/png', 'image/gif'], bytes: 8_000_000 },
  voice: file('audio/mp4', 'audio/mpeg', 'audio/aac', 'audio/wav'),
  video: file('video/mp4', 'video/quicktime'),
  file: file('*/*'),
  link: true,
  menu: { options: 13, text: 20 },
  quote: true,
  receipts: 'read',
  markRead: true,
  typing: 'out',
  ids: true,
  batch: 1,
  window: { grants: grants(1) },
};
export const canFor = ({ humanAgent }: { humanAgent: string }): Can =>
  humanAgent === 'yes' ? { ...can, window: { grants: grants(7) } } : can;
/** Comes back with the echo of a message and tells that it was ours. */
export const MARK = 'haina';
/** What the page is subscribed to, and what its token must be allowed. */
const HEARD = 'postbacks optins referrals handovers policy_enforcement'.split(' ').map((event) => `messaging_${event}`);
const TOLD = 'deliveries reads reactions echoes edits'.split(' ').map((event) => `message_${event}`);
export const needs = {
  events: ['messages', ...HEARD, ...TOLD, 'standby'],
  scopes: ['pages_messaging', 'pages_manage_metadata'],
};
