import { z } from 'zod';
import type { Profile } from '../../core/inbound.ts';
import type { Tools } from '../connector.ts';
import { Retry } from '../errors.ts';
import { cut } from '../lib/text.ts';
import { call, NoAnswer } from './api.ts';
import type { LineConfig } from './config.ts';
import { silence, trouble } from './errors.ts';
import { isUser } from './ids.ts';

const text = z.string().optional().catch(undefined);
const shape = z.object({ displayName: z.string(), pictureUrl: text, statusMessage: text, language: text });

/** Name and picture. `null` when the person blocked us, is no friend or has not consented (404). */
export async function profile(from: string, config: LineConfig, tools: Tools): Promise<Profile | null> {
  if (!isUser(from)) return null;
  const answer = await call({ method: 'GET', path: `/v2/bot/profile/${from}` }, config, tools).catch((error) => {
    throw error instanceof NoAnswer ? silence(error, 'other') : error;
  });
  if (answer.status === 404) return null;
  if (answer.status !== 200) throw trouble(answer, 'other', tools.now());
  const person = shape.safeParse(answer.json).data;
  if (!person) throw new Retry('LINE sent a profile that cannot be read.');
  const { displayName, pictureUrl, statusMessage, language } = person;
  return {
    name: cut(displayName, 200),
    avatar: pictureUrl && URL.canParse(pictureUrl) ? pictureUrl : undefined,
    language,
    more: statusMessage ? { statusMessage: cut(statusMessage, 500) } : undefined,
  };
}
