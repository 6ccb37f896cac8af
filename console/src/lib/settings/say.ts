import type { Fault } from '../api.ts';
import { span } from '../clock.svelte.ts';
import { type Key, maybe, t } from '../i18n/index.svelte.ts';
import type { Finding } from './shapes.ts';
import { readable } from './speak.ts';

type Params = Record<string, string | number>;

/** Findings whose numbers are seconds. */
const LENGTHS = new Set(['hold-too-long', 'silence-never', 'answer-too-late']);

/** A finding as a sentence. */
export const found = (finding: Pick<Finding, 'code' | 'params'>): string =>
  coded(`finding.${finding.code}`, finding.code, finding.params) ?? finding.code;

/** Why a field is refused: what the hub names, else that it is wrong. Its own words are for programmers. */
export const wrong = ({ code, message, params }: Fault): string =>
  (code && (coded(`finding.${code}`, code, params) ?? coded(`wrong.${code}`, code, params))) ??
  coded(`wrong.${message}`, message) ??
  t('wrong.here');

function coded(key: string, code: string, params: Params = {}): string | undefined {
  return maybe(key) === undefined ? undefined : t(key as Key, told(code, params));
}

function told(code: string, params: Params): Params {
  const values = readable(params);
  for (const [key, value] of Object.entries(params)) {
    if (typeof value === 'number' && LENGTHS.has(code)) values[key] = span(value * 1000);
    if (key === 'kind') values.kind = maybe(`ref.${value}`) ?? maybe(`routing.row.${value}`) ?? value;
    if (key === 'setting') values.setting = maybe(`reception.${value}`) ?? value;
  }
  // A rule need not have a name; its place is always known.
  if (params.name === '' && params.position) values.name = t('routing.rule.n', { n: params.position });
  return values;
}
