import { Gone, Misconfigured, Refused, Retry, Uncertain } from '../errors.ts';
import type { Answers } from './options.ts';
import { brokenOff, noConnection } from './tools.ts';

export const KINDS = { Retry, Refused, Misconfigured, Uncertain, Gone };

/** Whether the hub knows what to do next. */
export const isTold = (error: unknown): boolean => Object.values(KINDS).some((kind) => error instanceof kind);

const STATUSES = [400, 401, 403, 404, 405, 408, 409, 410, 413, 415, 418, 429, 500, 502, 503, 504];
/** What any platform, or a proxy before it, may answer on a bad day. */
export const BROKEN_ANSWERS: [string, Answers][] = [
  ...STATUSES.flatMap((status): [string, Answers][] => [
    [`a bare ${status}`, { status }],
    [`${status} in HTML`, { status, text: '<html>sorry' }],
    [`${status} with a list`, { status, json: [] }],
  ]),
  ['200 and nothing', { status: 200 }],
  ['200 in words', { status: 200, text: 'ok' }],
  ['200 and null', { status: 200, json: null }],
  ['200 and an empty object', { status: 200, json: {} }],
  ['200 and numbers for everything', { status: 200, json: { data: 7, items: 7, errcode: 'x', access_token: 7 } }],
  ['an error of the network', noConnection()],
  ['a connection that broke off', brokenOff()],
];
