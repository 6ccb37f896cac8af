import pg from 'pg';
import type { Seen } from './platform.ts';
import { tokenOf } from './webhook.ts';

/** A message somebody said, in the order of his words; `asks` for what the keyword rule answers. */
export interface Sent {
  user: string;
  id: string;
  asks: boolean;
}

/** What the database says of it. Shows the figures; gives what is wrong, a sentence each, and how many replies nobody knows of. */
export async function judge(plan: readonly Sent[], url: string): Promise<{ wrong: string[]; unknown: number }> {
  const wrong: string[] = [];
  const rows = await ask<{ external_id: string; user: string; session_id: string; seq: number }>(
    url,
    `select m.external_id, i.external_id as "user", m.session_id, m.seq from messages m join sessions s on s.id = m.session_id join identities i on i.id = s.identity_id
     where m.author_type = 'visitor' order by m.session_id, m.seq`,
  );
  const times = new Map<string, number>();
  for (const row of rows) times.set(row.external_id, (times.get(row.external_id) ?? 0) + 1);
  const lost = plan.filter((one) => !times.has(one.id)).length;
  const doubled = [...times.values()].filter((count) => count > 1).length;
  console.log(`acknowledged and lost: ${lost}; stored twice: ${doubled}; stored in all: ${rows.length}`);
  if (lost) wrong.push(`${lost} acknowledged messages are lost`);
  if (doubled || rows.length !== plan.length)
    wrong.push(`${rows.length} messages are stored, ${plan.length} were sent`);
  const said = Map.groupBy(plan, (one) => one.user);
  const stored = Map.groupBy(rows, (row) => row.user);
  const mixed = [...said].filter(
    ([user, list]) =>
      list.map((one) => one.id).join() !== (stored.get(user) ?? []).map((row) => row.external_id).join(),
  ).length;
  const sessions = new Set(rows.map((row) => row.session_id)).size;
  console.log(`people whose order is not kept: ${mixed}; open sessions: ${sessions} of ${said.size} people`);
  if (mixed) wrong.push(`the order of ${mixed} people is not kept`);
  if (sessions !== said.size) wrong.push(`${sessions} sessions for ${said.size} people`);
  const gaps = await ask(
    url,
    'select session_id from session_events group by session_id having count(*) <> max(seq) or min(seq) <> 1',
  );
  const behind = await ask(
    url,
    'select 1 from sessions s where seq <> (select max(seq) from session_events e where e.session_id = s.id)',
  );
  if (gaps.length || behind.length)
    wrong.push(`${gaps.length} sessions have gaps in their numbers, ${behind.length} do not know their last`);
  const parked = await ask(url, 'select 1 from parked');
  if (parked.length) wrong.push(`${parked.length} requests were parked`);
  const replies = await ask<{ delivery: string; code: string; n: number }>(
    url,
    "select delivery, coalesce(error_code, '') as code, count(*)::int as n from messages where author_type = 'bot' group by 1, 2 order by 3 desc",
  );
  const asked = plan.filter((one) => one.asks).length;
  console.log(
    `replies to write: ${asked}; written: ${replies.map((row) => `${row.n} ${row.delivery}${row.code && ` (${row.code})`}`).join(', ')}`,
  );
  if (replies.reduce((sum, row) => sum + row.n, 0) !== asked)
    wrong.push('replies are missing or doubled in the database');
  const failed = (known: boolean) =>
    replies
      .filter((row) => row.delivery === 'failed' && (row.code !== 'outcome_unknown') === known)
      .reduce((sum, row) => sum + row.n, 0);
  if (failed(true)) wrong.push(`${failed(true)} replies were given up`);
  return { wrong, unknown: failed(false) };
}

/**
 * What customers saw: a reply token tells whose it was, a push says so. LINE repeats nothing under one retry key, and a
 * token works once, so whoever uses the same key or token again doubles nothing; another one does. A reply that is
 * neither here nor there is `outcome_unknown` in the database: it may be missing, and then somebody is told.
 */
export function judgeReplies(plan: readonly Sent[], seen: readonly Seen[], unknown: number): string[] {
  const byToken = new Map(plan.map((one) => [tokenOf(one.id), one.user]));
  const got = Map.groupBy(seen, ({ how, key, to }) => (how === 'push' ? to : (byToken.get(key) ?? '')));
  const doubled: Seen[][] = [];
  let missing = 0;
  for (const [user, list] of Map.groupBy(plan, (one) => one.user)) {
    const theirs = got.get(user) ?? [];
    const difference = texts(theirs) - list.filter((one) => one.asks).length;
    if (difference < 0) missing -= difference;
    if (difference > 0) doubled.push(theirs);
  }
  const pushes = seen.filter((one) => one.how === 'push').length;
  const twice = new Set(seen.map((one) => one.key)).size < seen.length;
  console.log(
    `customers saw ${texts(seen)} replies in ${seen.length} requests (${pushes} of them pushes): ${missing} missing`,
  );
  if (doubled.length) {
    const never = doubled.filter((theirs) => theirs.every((one) => one.how === 'reply')).length;
    console.log(
      `people who saw one too many: ${doubled.length}, of whom ${never} were never pushed anything: answered again with a newer token`,
    );
  }
  return [
    ...(missing > unknown ? [`${missing} replies never reached the customer, and ${unknown} are called unknown`] : []),
    ...(twice ? ['a key was used twice'] : []),
    ...(doubled.length ? [`${doubled.length} people were answered twice`] : []),
  ];
}

const texts = (seen: readonly Seen[]) => seen.reduce((sum, one) => sum + one.texts.length, 0);

/** The rows of one query on a connection of its own. */
export async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as T[];
  } finally {
    await client.end();
  }
}
