import { type Answer, type Call, type Caller, call, failure, NoAnswer } from './api.ts';
import { type Asked, silence, trouble } from './errors.ts';

/** One call and its success; throws what `errors.ts` makes of everything else. `asked` as there. */
export async function ask(request: Call, tools: Caller, asked: Asked = 'other'): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await call(request, tools);
  } catch (error) {
    throw error instanceof NoAnswer ? silence(error, asked) : error;
  }
  const good = answer.status >= 200 && answer.status < 300 && !failure(answer.json) && isObject(answer.json);
  if (!good) throw trouble(answer, asked, tools.now());
  return answer;
}

const isObject = (json: unknown) => typeof json === 'object' && json !== null && !Array.isArray(json);
