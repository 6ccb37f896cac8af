import { hashPassword } from '../auth.ts';
import type { Hub } from '../hub.ts';
import { newId } from '../id.ts';
import type { Role } from '../routes/route.ts';
import { addMember } from '../store/members.ts';
import type { Org } from '../store/org.ts';
import { addUser } from '../store/users.ts';
import { organisation } from './build.ts';
import type { TestHub } from './hub.ts';

export interface Person {
  id: string;
  userId: string;
  username: string;
  cookie: string;
  ask: Ask;
}
type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;

export const PASSWORD = 'a right password';
let hash: Promise<string> | undefined;
let count = 0;

/** A member who has signed in through the door. `ask` sends JSON with their cookie; paths begin after `/api/v1`. */
export async function person(
  { hub, app }: Pick<TestHub, 'hub' | 'app'>,
  org: Org,
  role: Role,
  more: { username?: string; email?: string } = {},
): Promise<Person> {
  const username = more.username ?? `${role}${++count}`;
  const userId = newId();
  const id = newId();
  await addUser(hub.db.everywhere, {
    id: userId,
    name: username,
    username,
    email: more.email,
    hash: await (hash ??= hashPassword(PASSWORD)),
  });
  await addMember(org, { id, user_id: userId, name: username, role });
  const cookie = await signIn(app, username);
  return { id, userId, username, cookie, ask: asking(app, cookie) };
}

/** Two agents and a supervisor at their desks for an hour, who are given nothing by themselves. */
export async function crew(test: Pick<TestHub, 'hub' | 'app'>, org: Org) {
  const [me, colleague, boss] = [
    await person(test, org, 'agent'),
    await person(test, org, 'agent'),
    await person(test, org, 'supervisor'),
  ];
  await org
    .update('members')
    .set({ status: 'busy', present_until: new Date(test.hub.now() + 3_600_000) })
    .execute();
  return { me, colleague, boss };
}

export async function signIn(app: TestHub['app'], username: string, password = PASSWORD): Promise<string> {
  const answer = await app.request('/api/auth/sign-in/username', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (answer.status !== 200) throw new Error(`could not sign in: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

export const asking =
  (app: TestHub['app'], cookie?: string): Ask =>
  async (method, path, body, headers = {}) =>
    await app.request(path.startsWith('/api/') || path.startsWith('/media/') ? path : `/api/v1${path}`, {
      method,
      headers: {
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });

/** An organisation with one signed-in person of each role. */
export async function staff(
  test: Pick<TestHub, 'hub' | 'app'>,
  name?: string,
): Promise<{ org: Org } & Record<Role, Person>> {
  const org = await organisation(test.hub as Hub, name);
  const [owner, admin, supervisor, agent] = await Promise.all(
    (['owner', 'admin', 'supervisor', 'agent'] as const).map((role) => person(test, org, role)),
  );
  return { org, owner: owner!, admin: admin!, supervisor: supervisor!, agent: agent! };
}

/** The status and the body, to be compared in one line. */
export async function told(answer: Promise<Response>): Promise<{ status: number; body: any }> {
  const done = await answer;
  const text = await done.text();
  return { status: done.status, body: text ? JSON.parse(text) : null };
}
