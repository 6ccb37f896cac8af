/* Sends signed webhooks as fast as they are answered: the load of bench inbound, in a process of its own. */
import { Connection } from './lib/connection.ts';
import { spread } from './lib/figures.ts';
import { given, helperReady } from './lib/helping.ts';
import { bodyOf, KEYWORD, QUESTION, userOf, webhook } from './lib/webhook.ts';

export interface Wish {
  port: number;
  path: string;
  secret: string;
  connections: number;
  ms: number;
  /** Different people, in turns. */
  users: number;
  /** Every how manieth message asks for what the keyword rule answers; 0: none. */
  keywordEvery: number;
  /** Ends after so many, if that comes first. */
  most?: number;
}
export interface Load {
  sent: number;
  acknowledged: number;
  refused: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  worst: number;
  bodyBytes: number;
}

let messages = 0;
const begun = String(Date.now());

async function run({
  port,
  path,
  secret,
  connections,
  ms,
  users,
  keywordEvery,
  most = Number.POSITIVE_INFINITY,
}: Wish): Promise<Load> {
  const times: number[] = [];
  let refused = 0;
  let bodyBytes = 0;
  let left = most;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new Connection(port);
      while (left-- > 0 && performance.now() - start < ms) {
        const number = ++messages;
        const text = keywordEvery && number % keywordEvery === 0 ? `请问这个${KEYWORD}是多少？${QUESTION}` : QUESTION;
        const body = bodyOf(userOf(number % users), `${begun}${String(number).padStart(9, '0')}`, text);
        bodyBytes = Buffer.byteLength(body);
        const bytes = webhook(path, secret, body);
        const from = performance.now();
        const { status } = await connection.send(bytes);
        times.push(performance.now() - from);
        if (status !== 200) refused++;
      }
      connection.close();
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const { count, p50, p99, worst } = spread(times);
  return {
    sent: count,
    acknowledged: count - refused,
    refused,
    seconds,
    perSecond: count / seconds,
    p50,
    p99,
    worst,
    bodyBytes,
  };
}

given();
helperReady({ run });
