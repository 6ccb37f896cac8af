import type { CourierAnswer, Verdict } from '../../lib/sandbox/courier.ts';
import { decrypt, signature } from '../crypt.ts';
import { readXml } from '../xml.ts';
import type { Wrapping } from './envelope.ts';

/** An answer that says something to the customer, by WeChat's names. */
export type Passive = Record<string, unknown> & { MsgType: string };
export interface Judged {
  verdict: Verdict;
  passive?: Passive;
  /** Not a single byte. */
  empty?: true;
  /** Why it is no answer. */
  why?: string;
}

/** `success` or nothing at all, to the letter (wechat.md §6). */
const isThanks = (body: string) => body === 'success' || body === '';

/** What an answer to a message push means; malformed ones are not asked again, the customer sees the fault at once. */
export function judge(answer: CourierAnswer, wrapping: Wrapping, userName: string, openId: string): Judged {
  if (answer.status !== 200) return { verdict: 'again', why: answer.error ?? `HTTP ${answer.status}` };
  if (isThanks(answer.body)) return { verdict: 'taken', ...(answer.body === '' && { empty: true }) };
  try {
    const passive = unwrapped(answer.body, wrapping);
    if (passive.ToUserName !== openId || passive.FromUserName !== userName)
      throw new Error('ToUserName and FromUserName are not those of the push, swapped');
    if (!/^\d+$/.test(String(passive.CreateTime ?? ''))) throw new Error('CreateTime is missing');
    return { verdict: 'taken', passive: { ...passive, MsgType: String(passive.MsgType ?? '') } };
  } catch (error) {
    return { verdict: 'never', why: `malformed answer: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
}

/** Events of the platform want `success` and nothing else. */
export function judgeEvent({ status, body, error }: CourierAnswer): Judged {
  if (status !== 200) return { verdict: 'again', why: error ?? `HTTP ${status}` };
  return body === 'success' ? { verdict: 'taken' } : { verdict: 'never', why: 'the body is not success' };
}

function unwrapped(body: string, { mode, json, token, aesKey, receiveId }: Wrapping): Record<string, unknown> {
  const outer = parsed(body, json);
  const encrypted = outer.Encrypt;
  if (mode === 'plain') {
    if (encrypted !== undefined) throw new Error('encrypted, though the push was not');
    return outer;
  }
  if (typeof encrypted !== 'string') throw new Error('not encrypted, though the push was');
  const signed = signature(token, String(outer.TimeStamp ?? ''), String(outer.Nonce ?? ''), encrypted);
  if (outer.MsgSignature !== signed) throw new Error('MsgSignature is wrong');
  return parsed(decrypt(encrypted, aesKey, receiveId).toString('utf8'), json);
}

function parsed(text: string, json: boolean): Record<string, unknown> {
  if (json) {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) throw new Error('no object');
    return value as Record<string, unknown>;
  }
  if (!text.startsWith('<')) throw new Error('no XML');
  return readXml(text);
}
