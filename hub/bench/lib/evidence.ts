import pg from 'pg';
import type { Seen } from './platform.ts';
import { tokenOf } from './webhook.ts';

/** Requests a hub has open to one account at most; see desk/deliver.ts. */
const AT_ONCE = 16;

/** A message somebody said, in the order of his words; `asks` for what the keyword rule answers. */
export interface Sent {
  user: string;
  id: string;
  asks: boolean;
}

/** What the database says of it. Shows the figures; gives what is wrong, a sentence each. */
export async function judge(plan: readonly Sent[], url: string): Promise<string[]> {
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
  const failed = replies.filter((row) => row.delivery === 'failed').reduce((sum, row) => sum + row.n, 0);
  if (failed) wrong.push(`${failed} replies were given up`);
  return wrong;
}

/**
 * What customers saw: a reply token tells whose it was, a push says so. LINE repeats nothing under one retry key, and a
 * reply has none: one that LINE took just before a kill, its answer unwritten, is pushed again. Those are counted and
 * shown, and may be no more than were on their way when the hub was killed.
 */
export function judgeReplies(plan: readonly Sent[], seen: readonly Seen[], kills: number): string[] {
  const byToken = new Map(plan.map((one) => [tokenOf(one.id), one.user]));
  const got = new Map<string, number>();
  for (const { how, key, to, texts } of seen) {
    const user = how === 'push' ? to : (byToken.get(key) ?? '');
    got.set(user, (got.get(user) ?? 0) + texts.length);
  }
  const keys = new Set(seen.map((one) => one.key));
  let [missing, extra] = [0, 0];
  for (const [user, list] of Map.groupBy(plan, (one) => one.user)) {
    const difference = (got.get(user) ?? 0) - list.filter((one) => one.asks).length;
    if (difference < 0) missing -= difference;
    else extra += difference;
  }
  const pushes = seen.filter((one) => one.how === 'push').length;
  console.log(
    `customers saw ${seen.reduce((sum, one) => sum + one.texts.length, 0)} replies in ${seen.length} requests (${pushes} pushes): ${missing} missing; under one key twice: ${seen.length - keys.size}; first as a reply, after a kill as a push: ${extra}`,
  );
  return [
    ...(missing ? [`${missing} replies never reached the customer`] : []),
    ...(keys.size < seen.length ? ['a key was used twice'] : []),
    ...(extra > kills * AT_ONCE ? [`${extra} replies reached the customer twice`] : []),
  ];
}

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
