import type { Tools } from '../../connector.ts';
import { type Access, type Answer, call, type GraphCall, isGood, NoAnswer } from './call.ts';
import { type Asked, type Rules, silence, trouble } from './errors.ts';

/** How one platform of Meta is asked: its name in messages, and what its own codes mean. */
export interface Manner {
  name: string;
  rules: Rules;
}

/** One call that must succeed; gives the JSON of the answer. Throws Retry, Refused, Misconfigured, and for `send` Uncertain. */
export async function ask(
  request: GraphCall,
  access: Access,
  tools: Tools,
  manner: Manner,
  asked: Asked = 'other',
): Promise<unknown> {
  let answer: Answer;
  try {
    answer = await call(request, access, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, asked, manner.name) : error;
  }
  if (!isGood(answer)) throw trouble(answer, manner.rules, asked, manner.name, tools.now());
  return answer.json;
}

/** A reading for checks: what came, or the words for why nothing did. One failing point must not hide the others. */
export interface Reading {
  json?: unknown;
  error?: Error;
  words: string;
}

export async function read(request: GraphCall, access: Access, tools: Tools, manner: Manner): Promise<Reading> {
  try {
    return { json: await ask(request, access, tools, manner), words: '' };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error, words: error.message };
  }
}
