import type { z } from 'zod';
import type { Inbound } from '../../core/inbound.ts';
import { digest, each, type Piece, parse } from '../lib/graph/parse.ts';
import { bounded } from '../lib/json.ts';
import { callEvent } from './calls.ts';
import { echoEvents } from './echoes.ts';
import { faultsIn } from './faults.ts';
import { historyEvent } from './history.ts';
import { messageEvents } from './messages.ts';
import * as schema from './schema.ts';
import { statusEvent } from './statuses.ts';
import { contactsIn } from './who.ts';

type Json = Record<string, unknown>;

/**
 * Meta's body becomes events in our words. One body brings several entries, changes, messages and statuses of several
 * numbers: `account` is the phone number id wherever Meta names it. Throws BadRequest when nothing in it can be read.
 */
export function translate(body: unknown): Inbound[] {
  const { entry } = parse(schema.envelope, body);
  return each(entry.flatMap((raw, at): Piece[] => entryPieces(raw, `entry.${at}`)));
}

function entryPieces(raw: unknown, place: string): Piece[] {
  const entry = schema.entry.safeParse(raw);
  if (!entry.success) return [strange(schema.entry, raw, place, 0)];
  const { id = '', time = 0, changes } = entry.data;
  return changes.flatMap((change, i) => changePieces(change, { waba: id, time, place: `${place}.changes.${i}` }));
}

/** What has not the shape it must have; reading it says which fields were wrong. */
function strange(shape: z.ZodType, raw: unknown, place: string, at: number): Piece {
  const read = () => {
    parse(shape, raw, `${place}.`);
    return [];
  };
  return { read, raw, place, at };
}

interface Where {
  waba: string;
  time: number;
  place: string;
}

function changePieces(raw: unknown, where: Where): Piece[] {
  const { place, time } = where;
  const change = schema.change.safeParse(raw);
  if (!change.success) return [strange(schema.change, raw, place, time)];
  const { field, value } = change.data;
  const common = schema.value.safeParse(value);
  const account = common.data?.metadata?.phone_number_id;
  const contacts = contactsIn(common.data?.contacts);
  const piece = (read: (item: unknown) => Inbound[], item: unknown, key: string): Piece => ({
    read: () => read(item),
    raw: item,
    place: `${field}.${key}`,
    account,
    at: time,
  });
  switch (field) {
    case 'messages': {
      if (!common.success) return [strange(schema.value, value, `${place}.value`, time)];
      const { messages, statuses, errors = [] } = common.data;
      return [
        ...messages.map((item) => piece((one) => messageEvents(one, account, contacts), item, 'messages')),
        ...statuses.map((item) => piece((one) => [statusEvent(one, account, contacts)], item, 'statuses')),
        ...(errors.length > 0 ? [piece((item) => [errorsEvent(item, account, where)], errors, 'errors')] : []),
      ];
    }
    case 'smb_message_echoes': {
      const echoes = listIn(value, 'message_echoes');
      return echoes.map((item) => piece((one) => echoEvents(one, account, contacts), item, 'message_echoes'));
    }
    case 'calls': {
      const calls = listIn(value, 'calls');
      return calls.map((item) => piece((one) => [callEvent(one, account, contacts)], item, 'calls'));
    }
    case 'history':
    case 'smb_app_state_sync':
      return [piece((item) => historyEvent(field, item, { account, time, waba: where.waba }), value, 'value')];
    default:
      return [piece((item) => [otherEvent(field, item, account, where)], value, 'value')];
  }
}

function listIn(value: unknown, key: string): unknown[] {
  const list = typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;
  return Array.isArray(list) ? list.slice(0, 5000) : [];
}

/** Something about the account (quality, name, template, alert) or a field we do not know: kept by name with its data. */
function otherEvent(field: string, value: unknown, account: string | undefined, { waba, time }: Where): Inbound {
  const externalId = [field, waba, time, digest(value)].join(':');
  return { account, externalId, at: time, kind: 'ignored', what: field, data: bounded(value) };
}

function errorsEvent(errors: unknown, account: string | undefined, { waba, time }: Where): Inbound {
  const externalId = ['errors', waba, time, digest(errors)].join(':');
  return { account, externalId, at: time, kind: 'ignored', what: 'errors', data: faultsIn(errors) };
}
