import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../core/inbound.ts';
import type { Connector } from '../connector.ts';
import { BadRequest } from '../errors.ts';
import { mustBeInbound } from './inbound.ts';
import type { ContractOptions } from './options.ts';
import { mustKeep, secretsOf } from './secrets.ts';
import { xmlBodies } from './xml.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const BROKEN: Record<string, string | Uint8Array> = {
  nothing: '',
  'half a document': '{"events":[',
  'two documents': '{}{}',
  'not JSON': 'hello',
  'a bare NUL': '{"events":"\u0000"}',
  'invalid UTF-8': new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'a surrogate in UTF-8': new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]),
  'an overlong slash': new Uint8Array([0x22, 0xc0, 0xaf, 0x22]),
  'endless nesting': '['.repeat(100_000) + ']'.repeat(100_000),
  null: 'null',
  'a number': '7',
  'a text': '"text"',
  'a list': '[]',
  'an empty object': '{}',
};
/** Also names that every object has: a table of kinds must not find them. */
const WRONG: Json[] = [
  null,
  true,
  -1,
  1e300,
  '',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(30_000),
  [],
  ['x'],
  {},
  { x: 1 },
];
const POISON: [string, string][] = [
  ['nul', 'a\u0000b'],
  ['lone_surrogate', 'a\ud800b'],
  ['lone_surrogate', '\udc00'],
];

/** Authentic but not what the platform sends: a BadRequest with a code, never another error, never an invalid event. */
export function bodies<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const { config, sign, syntax, garbage = {} } = options;
  const secrets = secretsOf(connector, options);
  const isJson = (text: string) => syntax === 'json' || /^\s*[{[]/.test(text);
  const fixtures = Object.fromEntries(Object.entries(options.fixtures).filter(([, text]) => isJson(text)));
  const documents = Object.entries(options.fixtures).filter(([, text]) => !isJson(text) && /^\s*</.test(text));
  /** The events, or the code of the refusal; any other error is a failure of the test that called. */
  const receive = (body: string | Uint8Array): Inbound[] | string => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    try {
      const { events } = connector.receive(sign(bytes, config), config);
      for (const event of events) mustBeInbound(event);
      return events;
    } catch (error) {
      mustKeep(secrets, error);
      if (!(error instanceof BadRequest)) throw error;
      expect(error.code).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(error.message).not.toBe('');
      return error.code;
    }
  };

  describe('refuses what is not the platform’s', () => {
    const broken = { ...(syntax === 'json' ? BROKEN : {}), ...garbage };
    it.each(Object.entries(broken))('%s', (_, body) => expect(receive(body)).toBeTypeOf('string'));
    for (const [name, text] of documents) xmlBodies(name, text, receive);
    if (Object.keys(fixtures).length === 0) return;

    for (const [name, text] of Object.entries(fixtures)) {
      const root = JSON.parse(text) as Json;
      const places = [...paths(root)];
      it(`${name}: wrong types anywhere (${places.length} places) are refused or understood`, () => {
        for (const path of places) for (const value of WRONG) receive(JSON.stringify(replaced(root, path, value)));
        for (const path of places) receive(JSON.stringify(removed(root, path)));
      });
      it(`${name}: NUL and half characters are refused in every text and name`, () => {
        for (const path of places) {
          for (const [code, poison] of POISON) {
            for (const value of [poison, { [poison]: 1 }])
              expect(receive(JSON.stringify(replaced(root, path, value))), path.join('.')).toBe(code);
          }
        }
      });
    }
    it('arbitrary JSON is refused or understood', () => {
      fc.assert(
        fc.property(fc.json(), (body) => void receive(body)),
        { numRuns: 300 },
      );
    });
    it('arbitrary JSON in any place of any fixture is refused or understood', () => {
      const roots = Object.values(fixtures).map((text) => JSON.parse(text) as Json);
      const place = fc
        .constantFrom(...roots)
        .chain((root) => fc.tuple(fc.constant(root), fc.constantFrom(...paths(root))));
      fc.assert(
        fc.property(place, fc.jsonValue(), ([root, path], value) => {
          receive(JSON.stringify(replaced(root, path, value as Json)));
        }),
        { numRuns: 1000 },
      );
    });
    it('arbitrary bytes are refused or understood', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (body) => void receive(body)),
        { numRuns: 300 },
      );
    });
  });
}

/** Every place in a document below its root. */
function* paths(value: Json, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* paths(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

function replaced(root: Json, path: (string | number)[], value: Json): Json {
  return changed(root, path, (holder, key) => {
    (holder as Record<string, Json>)[key] = value;
  });
}

function removed(root: Json, path: (string | number)[]): Json {
  return changed(root, path, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete (holder as Record<string, Json>)[key];
  });
}

function changed(root: Json, path: (string | number)[], change: (holder: object, key: string) => void): Json {
  const copy = structuredClone(root);
  let holder = copy as Record<string, Json>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, Json>;
  change(holder, String(path.at(-1)));
  return copy;
}
