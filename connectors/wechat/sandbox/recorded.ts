import { fixturesIn } from '../../lib/fixtures.ts';
import { readXml, type XmlFields } from '../xml.ts';
import type { Fields } from './envelope.ts';

let recorded: Record<string, string> | undefined;
const all = (): Record<string, string> => (recorded ??= fixturesIn(new URL('../fixtures/', import.meta.url)));

/** Recorded pushes by name, read when first wanted. */
export const recordingNames = (): string[] => Object.keys(all()).filter((name) => own(name) !== undefined);

/** What a recording says, as if it happened now; the sender and the time are put in when it is pushed. */
export function recordedFields(name: string, nextId: () => string): Fields | undefined {
  const fields = own(name);
  if (!fields) return undefined;
  const { ToUserName: _to, FromUserName: _from, CreateTime: _at, ...rest } = fields;
  for (const id of ['MsgId', 'MsgID']) if (id in rest) rest[id] = nextId();
  return { ...rest } as Fields;
}

function own(name: string): XmlFields | undefined {
  const text = Object.hasOwn(all(), name) ? all()[name]! : '';
  if (!text.trimStart().startsWith('<')) return undefined;
  try {
    const fields = readXml(text);
    return 'MsgType' in fields ? fields : undefined;
  } catch {
    return undefined;
  }
}
