import type { Content } from '../../core/message.ts';
import { cut } from '../lib/text.ts';

type Card = Extract<Content, { type: 'card' }>;

const LABELS: Record<string, string> = { TEL: '☎', EMAIL: '@', ORG: 'ORG', TITLE: 'TITLE', ADR: 'ADR', URL: 'URL' };

/** Business cards (vCard 2.1 to 4.0, RFC 6350) as one card: the first name is its title, every number and address a row. */
export function cardOf(vcards: readonly string[]): Card | undefined {
  const people = vcards.map(read).filter((person) => person.name || person.rows.length);
  if (!people.length) return undefined;
  const title = people.map(({ name, rows }) => name || (rows[0]?.value ?? '')).join(', ');
  const several = people.length > 1;
  const rows = people.flatMap(({ name, rows: own }) =>
    own.map(({ label, value }) => ({ label: cut(several ? `${name} ${label}`.trim() : label, 200), value })),
  );
  return { type: 'card', title: cut(title, 300), rows: rows.slice(0, 60) };
}

function read(vcard: string): { name: string; rows: { label: string; value: string }[] } {
  let name = '';
  let spelled = '';
  const rows: { label: string; value: string }[] = [];
  // A line that begins with a space goes on from the one before.
  for (const line of vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const head = line.slice(0, colon);
    const property = (head.split(';')[0] ?? '').split('.').at(-1)?.toUpperCase() ?? '';
    const value = decoded(head, line.slice(colon + 1)).trim();
    if (!value) continue;
    if (property === 'FN') name ||= value;
    else if (property === 'N') spelled ||= value.split(';').filter(Boolean).reverse().join(' ');
    else if (LABELS[property])
      rows.push({ label: LABELS[property], value: cut(value.replace(/;+/g, ' ').trim(), 2000) });
  }
  return { name: name || spelled, rows: rows.filter(({ value }) => value) };
}

function decoded(head: string, value: string): string {
  const plain = /QUOTED-PRINTABLE/i.test(head)
    ? Buffer.from(
        value
          .replace(/=\r?\n/g, '')
          .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString('utf8')
    : value;
  return plain.replace(/\\n/gi, ' ').replace(/\\([,;\\:])/g, '$1');
}
