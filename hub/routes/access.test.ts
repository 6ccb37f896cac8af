import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { isAtLeast } from '../auth.ts';
import { newId } from '../id.ts';
import { addApp } from '../store/apps.ts';
import { addAutoReply } from '../store/auto-replies.ts';
import { addChannelGroup } from '../store/channel-groups.ts';
import type { Org } from '../store/org.ts';
import { insertParked } from '../store/parked.ts';
import { addMerchant } from '../store/pay-merchants.ts';
import { addOrder } from '../store/payments.ts';
import { addWords } from '../store/words.ts';
import { group, lineChannel, organisation } from '../test/build.ts';
import { type TestHub, testHub } from '../test/hub.ts';
import { asking, person, staff, told } from '../test/people.ts';
import type { Role } from './route.ts';

/** The authorisation matrix: the API describes itself, the list below says what it should be, and every route is tried. */
interface Operation {
  'x-access': Role | 'everybody' | 'own';
  summary?: string;
  responses: Record<string, { content?: Record<string, unknown> }>;
  requestBody?: unknown;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

const ROLES: Role[] = ['agent', 'supervisor', 'admin', 'owner'];
/** Who may do what, written down a second time and on purpose: whoever opens a route wider has to say so here as well. */
const ACCESS: Record<string, string[]> = {
  everybody: ['GET /api/v1/setup', 'POST /api/v1/setup'],
  own: ['GET /visitor/{key}/messages', 'POST /visitor/{key}/hello', 'POST /visitor/{key}/media'],
  agent: [
    'DELETE /api/v1/sessions/{id}/offer',
    'DELETE /api/v1/sessions/{id}/participants/{memberId}',
    'GET /api/v1/alerts',
    'GET /api/v1/channel-groups',
    'GET /api/v1/channels',
    'GET /api/v1/channels/{id}',
    'GET /api/v1/connectors',
    'GET /api/v1/contacts',
    'GET /api/v1/contacts/{id}',
    'GET /api/v1/contacts/{id}/activities',
    'GET /api/v1/contacts/{id}/sessions',
    'GET /api/v1/desk/settings',
    'GET /api/v1/groups',
    'GET /api/v1/leave-messages',
    'GET /api/v1/leave-messages/counts',
    'GET /api/v1/me',
    'GET /api/v1/members',
    'GET /api/v1/payments/rights',
    'GET /api/v1/sessions',
    'GET /api/v1/sessions/counts',
    'GET /api/v1/sessions/{id}',
    'GET /api/v1/sessions/{id}/decisions',
    'GET /api/v1/sessions/{id}/messages',
    'GET /api/v1/sessions/{id}/payments',
    'GET /api/v1/sessions/{id}/templates',
    'PATCH /api/v1/contacts/{id}',
    'PATCH /api/v1/leave-messages/{id}',
    'PATCH /api/v1/me',
    'POST /api/v1/alerts/seen',
    'POST /api/v1/contacts/tags',
    'POST /api/v1/me/password',
    'POST /api/v1/media',
    'POST /api/v1/sessions/{id}/accept',
    'POST /api/v1/sessions/{id}/end',
    'POST /api/v1/sessions/{id}/invitation',
    'POST /api/v1/sessions/{id}/messages',
    'POST /api/v1/sessions/{id}/messages/{messageId}/recall',
    'POST /api/v1/sessions/{id}/messages/{messageId}/retry',
    'POST /api/v1/sessions/{id}/offer',
    'POST /api/v1/sessions/{id}/participants',
    'POST /api/v1/sessions/{id}/payments',
    'POST /api/v1/sessions/{id}/payments/{paymentId}/close',
    'POST /api/v1/sessions/{id}/seen',
    'POST /api/v1/sessions/{id}/tags',
    'POST /api/v1/sessions/{id}/transfer',
    'PUT /api/v1/contacts/{id}/block',
    'PUT /api/v1/contacts/{id}/star',
    'PUT /api/v1/contacts/{id}/tags',
    'PUT /api/v1/sessions/{id}/lock',
    'PUT /api/v1/sessions/{id}/mine',
  ],
  supervisor: [
    'GET /api/v1/auto-replies',
    'GET /api/v1/words',
    'POST /api/v1/sessions/{id}/payments/{paymentId}/refund',
    'POST /api/v1/words/try',
  ],
  admin: [
    'DELETE /api/v1/apps/{id}',
    'DELETE /api/v1/auto-replies/{id}',
    'DELETE /api/v1/channel-groups/{id}',
    'DELETE /api/v1/channels/{id}',
    'DELETE /api/v1/groups/{id}',
    'DELETE /api/v1/parked/{id}',
    'DELETE /api/v1/pay-merchants/{id}',
    'DELETE /api/v1/words',
    'DELETE /api/v1/words/{id}',
    'GET /api/v1/apps',
    'GET /api/v1/apps/{id}',
    'GET /api/v1/audit',
    'GET /api/v1/audit/actions',
    'GET /api/v1/authorisations/{state}',
    'GET /api/v1/calendar/cn/{year}',
    'GET /api/v1/parked',
    'GET /api/v1/pay-merchants',
    'GET /api/v1/settings',
    'GET /api/v1/settings/contact-tags',
    'GET /api/v1/settings/desk',
    'GET /api/v1/settings/hours',
    'GET /api/v1/settings/matching',
    'GET /api/v1/settings/payments',
    'GET /api/v1/settings/queues',
    'GET /api/v1/settings/ratings',
    'GET /api/v1/settings/reception',
    'GET /api/v1/settings/routing',
    'GET /api/v1/settings/session-tags',
    'GET /api/v1/settings/texts',
    'GET /api/v1/settings/timers',
    'GET /api/v1/settings/transfers',
    'GET /api/v1/settings/{area}/revisions',
    'GET /api/v1/settings/{area}/revisions/{version}',
    'GET /api/v1/settings/{area}/schema',
    'PATCH /api/v1/apps/{id}',
    'PATCH /api/v1/auto-replies/{id}',
    'PATCH /api/v1/channel-groups/{id}',
    'PATCH /api/v1/channels/{id}',
    'PATCH /api/v1/groups/{id}',
    'PATCH /api/v1/members/{id}',
    'PATCH /api/v1/pay-merchants/{id}',
    'POST /api/v1/apps',
    'POST /api/v1/apps/demo',
    'POST /api/v1/apps/{id}/authorise',
    'POST /api/v1/apps/{id}/check',
    'POST /api/v1/auto-replies',
    'POST /api/v1/auto-replies/order',
    'POST /api/v1/channel-groups',
    'POST /api/v1/channel-groups/order',
    'POST /api/v1/channels',
    'POST /api/v1/channels/demo',
    'POST /api/v1/channels/{id}/check',
    'POST /api/v1/channels/{id}/disconnect',
    'POST /api/v1/channels/{id}/link',
    'POST /api/v1/groups',
    'POST /api/v1/members',
    'POST /api/v1/parked/{id}/replay',
    'POST /api/v1/pay-merchants',
    'POST /api/v1/pay-merchants/demo',
    'POST /api/v1/pay-merchants/{id}/check',
    'POST /api/v1/routing/what-if',
    'POST /api/v1/settings/check',
    'POST /api/v1/settings/contact-tags/check',
    'POST /api/v1/settings/desk/check',
    'POST /api/v1/settings/hours/check',
    'POST /api/v1/settings/matching/check',
    'POST /api/v1/settings/payments/check',
    'POST /api/v1/settings/queues/check',
    'POST /api/v1/settings/ratings/check',
    'POST /api/v1/settings/reception/check',
    'POST /api/v1/settings/routing/check',
    'POST /api/v1/settings/session-tags/check',
    'POST /api/v1/settings/texts/check',
    'POST /api/v1/settings/timers/check',
    'POST /api/v1/settings/transfers/check',
    'POST /api/v1/settings/{area}/rollback',
    'POST /api/v1/words',
    'PUT /api/v1/settings',
    'PUT /api/v1/settings/contact-tags',
    'PUT /api/v1/settings/desk',
    'PUT /api/v1/settings/hours',
    'PUT /api/v1/settings/matching',
    'PUT /api/v1/settings/payments',
    'PUT /api/v1/settings/queues',
    'PUT /api/v1/settings/ratings',
    'PUT /api/v1/settings/reception',
    'PUT /api/v1/settings/routing',
    'PUT /api/v1/settings/session-tags',
    'PUT /api/v1/settings/texts',
    'PUT /api/v1/settings/timers',
    'PUT /api/v1/settings/transfers',
  ],
};

async function operations({
  app,
}: Pick<TestHub, 'app'>): Promise<{ name: string; method: string; path: string; operation: Operation }[]> {
  const document = (await (await app.request('/api/openapi.json')).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

describe('the API description', () => {
  test('is a valid OpenAPI 3.1 document that says how each route answers and refuses', async () => {
    const run = await testHub();
    const document = (await (await run.app.request('/api/openapi.json')).json()) as Document & { openapi: string };
    expect(document.openapi).toBe('3.1.0');
    const result = await new Validator().validate(structuredClone(document) as unknown as Record<string, unknown>);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    const all = await operations(run);
    expect(all.length).toBeGreaterThan(45);
    for (const { name, operation } of all) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation['x-access'], name).toBeTruthy();
      expect(
        Object.keys(operation.responses).some((status) => status.startsWith('2')),
        name,
      ).toBe(true);
      if (operation['x-access'] === 'everybody' || operation['x-access'] === 'own') continue;
      for (const status of ['401', '403'])
        expect(operation.responses[status]?.content, `${name} ${status}`).toHaveProperty('application/problem+json');
    }
  });

  test('asks for the role that each route should ask for', async () => {
    const found: Record<string, string[]> = {};
    for (const { name, operation } of await operations(await testHub()))
      (found[operation['x-access']] ??= []).push(name);
    for (const names of Object.values(found)) names.sort();
    expect(found).toEqual(ACCESS);
  });
});

describe('every route', () => {
  test('asks for a cookie and for the role it says', async () => {
    const run = await testHub();
    const people = await staff(run);
    const stranger = asking(run.app);
    for (const { name, method, path, operation } of await operations(run)) {
      const access = operation['x-access'];
      const address = path.replaceAll(/\{[^}]+\}/g, newId());
      if (access === 'own' || access === 'everybody') continue;
      // The role is asked before the body is looked at, so none is needed to be refused.
      expect(await told(stranger(method, address)), name).toMatchObject({
        status: 401,
        body: { code: 'not_signed_in' },
      });
      for (const role of ROLES.filter((one) => !isAtLeast(one, access))) {
        expect(await told(people[role].ask(method, address)), `${name} as ${role}`).toMatchObject({
          status: 403,
          body: { code: 'not_allowed' },
        });
      }
      const { status } = await people[access].ask(method, address);
      expect([401, 403], `${name} as ${access}: ${status}`).not.toContain(status);
    }
  });

  test('knows nothing of another organisation’s rows', async () => {
    const run = await testHub();
    const mine = await staff(run, 'Mine');
    const theirs = await furnished(run);
    const before = await everything(run, theirs.org);
    const tried: string[] = [];
    for (const { name, method, path, operation } of await operations(run)) {
      if (!path.includes('{') || operation['x-access'] === 'own') continue;
      // A consent's state is no row's id: whoever does not own it hears that it has expired.
      if (path.endsWith('{state}')) continue;
      const trial = TRIALS[name];
      expect(trial, `${name} has no trial: say here with which id and body it is called`).toBeDefined();
      tried.push(name);
      const address = path.replaceAll(/\{([^}]+)\}/g, (_, key: string) =>
        key === 'messageId'
          ? theirs.ids.message
          : key === 'memberId'
            ? theirs.ids.member
            : key === 'paymentId'
              ? theirs.ids.payment
              : theirs.ids[trial!.id],
      );
      const answer = await told(mine.owner.ask(method, address, trial!.body));
      expect(answer, name).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
    expect(tried.sort()).toEqual(Object.keys(TRIALS).sort());
    expect(await everything(run, theirs.org)).toEqual(before);
  });

  test('takes no ids of another organisation in its body', async () => {
    const run = await testHub();
    const { owner, org } = await staff(run, 'Mine');
    const { ids } = await furnished(run);
    const ours = await group(org, 'Ours');
    for (const [method, path, body] of [
      ['POST', '/groups', { name: 'New', memberIds: [ids.member] }],
      ['PATCH', `/groups/${ours}`, { memberIds: [ids.member] }],
      [
        'POST',
        '/members',
        { name: 'x', username: 'xyz', password: 'long enough', role: 'agent', groupIds: [ids.group] },
      ],
      ['PATCH', `/members/${owner.id}`, { groupIds: [ids.group] }],
      ['POST', '/channels', { connector: 'web', name: 'x', groupId: ids.group }],
      ['POST', '/channels', { connector: 'web', name: 'x', folderId: ids.folder }],
      ['POST', '/auto-replies', { name: 'x', type: 'welcome', channelIds: [ids.channel] }],
      ['POST', '/auto-replies', { name: 'x', type: 'welcome', replies: [{ type: 'image', media: { id: ids.media } }] }],
      ['POST', '/auto-replies/order', { ids: [ids.rule] }],
      ['POST', '/words', { kind: 'keyword-to-human', words: [{ text: 'x', groupId: ids.group }] }],
      [
        'PUT',
        '/settings/routing',
        {
          version: 0,
          document: {
            rules: [
              { kind: 'rule', id: newId(), when: { channelIds: [ids.channel] }, on: { to: 'group', groupId: ours } },
            ],
          },
        },
      ],
      ['PUT', '/settings/routing', { version: 0, document: { fallback: { on: { to: 'group', groupId: ids.group } } } }],
      [
        'PUT',
        '/settings/routing',
        { version: 0, document: { fallback: { on: { to: 'agent', memberId: ids.member } } } },
      ],
    ] as const) {
      const { status, body: answer } = await told(owner.ask(method, path, body));
      expect({ status, code: answer?.code, message: answer?.errors?.[0]?.message }, `${method} ${path}`).toEqual({
        status: 400,
        code: 'invalid_input',
        message: 'unknown',
      });
    }
    expect((await owner.ask('POST', '/alerts/seen', { ids: [ids.alert] })).status).toBe(204);
    expect((await run.hub.db.org(org.id).select('alert_views').selectAll().execute()).length).toBe(0);
  });

  test('lists only its own', async () => {
    const run = await testHub();
    const { owner } = await staff(run, 'Mine');
    await furnished(run);
    for (const path of [
      '/groups',
      '/channels',
      '/channel-groups',
      '/apps',
      '/auto-replies',
      '/words',
      '/alerts',
      '/parked',
      '/pay-merchants',
      '/audit',
      '/contacts',
      '/leave-messages',
      '/sessions?view=all',
      '/sessions?view=closed',
    ]) {
      expect((await told(owner.ask('GET', path))).body.items, path).toEqual([]);
    }
    const { items } = (await told(owner.ask('GET', '/members'))).body;
    expect(items.map((member: { username: string }) => member.username)).not.toContain('theirs');
  });
});

type Ids = Record<
  | 'member'
  | 'group'
  | 'channel'
  | 'app'
  | 'folder'
  | 'contact'
  | 'session'
  | 'message'
  | 'rule'
  | 'word'
  | 'parked'
  | 'alert'
  | 'media'
  | 'merchant'
  | 'payment'
  | 'leftMessage',
  string
>;

/** An organisation with one of everything that has an id. */
async function furnished(run: TestHub): Promise<{ org: Org; ids: Ids }> {
  const { hub } = run;
  const org = await organisation(hub, 'Theirs');
  const { id: member } = await person(run, org, 'agent', { username: 'theirs' });
  const ids = {
    member,
    group: await group(org, 'Theirs'),
    channel: (await lineChannel(hub, org)).id,
    app: newId(),
    folder: newId(),
    contact: newId(),
    session: newId(),
    message: newId(),
    rule: newId(),
    word: '',
    parked: newId(),
    alert: newId(),
    media: newId(),
    merchant: newId(),
    payment: newId(),
    leftMessage: newId(),
  };
  const identity = newId();
  await addApp(org, { id: ids.app, kind: 'theirs', name: 'Theirs', key: 'theirs-app', config: {}, secrets: null });
  await addChannelGroup(org, ids.folder, 'Theirs');
  const now = new Date();
  await org.insert('contacts', { id: ids.contact, name: 'Theirs', fields: '{}' } as never).execute();
  await org
    .insert('identities', {
      id: identity,
      contact_id: ids.contact,
      channel_id: ids.channel,
      external_id: 'U1',
      more: '{}',
    } as never)
    .execute();
  await org
    .insert('sessions', {
      id: ids.session,
      channel_id: ids.channel,
      contact_id: ids.contact,
      identity_id: identity,
      state: 'serving',
      agent_id: member,
      seq: 1,
      last_at: now,
      opened_at: now,
    } as never)
    .execute();
  await org
    .insert('messages', {
      id: ids.message,
      session_id: ids.session,
      channel_id: ids.channel,
      seq: 1,
      author_type: 'agent',
      author_id: member,
      content: JSON.stringify({ type: 'text', text: 'secret' }),
      delivery: 'failed',
      created_at: now,
    } as never)
    .execute();
  await addAutoReply(org, ids.rule, {
    name: 'Theirs',
    type: 'welcome',
    enabled: true,
    channel_ids: [],
    keywords: [],
    replies: [],
    mode: 'all',
  });
  await addWords(org, 'forbidden', [{ text: 'theirs' }]);
  ids.word = (await org.select('words').select('id').executeTakeFirstOrThrow()).id;
  await insertParked(org, {
    id: ids.parked,
    channel_id: ids.channel,
    request: { method: 'POST', path: '', query: {}, headers: {} },
    body: Buffer.from('{}'),
    error: 'x',
    at: now,
  });
  await org.insert('alerts', { id: ids.alert, kind: 'parked', text: 'x', words: [], at: now } as never).execute();
  await org
    .insert('media', { id: ids.media, state: 'ready', name: 'x.png', mime: 'image/png', created_by: 'x' } as never)
    .execute();
  await addMerchant(org, {
    id: ids.merchant,
    name: 'Theirs',
    key: 'theirs-pay',
    mch_id: '1900000001',
    config: {},
    secrets: null,
  });
  await addOrder(org, {
    id: ids.payment,
    merchant_id: ids.merchant,
    session_id: ids.session,
    asked_by: member,
    token: 'theirs',
    amount: 100,
    currency: 'CNY',
    description: 'Theirs',
    created_at: now,
    expires_at: now,
    check_at: null,
  });
  await org
    .insert('leave_messages', {
      id: ids.leftMessage,
      channel_id: ids.channel,
      contact_id: ids.contact,
      identity_id: identity,
      session_id: ids.session,
      text: 'theirs',
      form: '{}',
      at: now,
    } as never)
    .execute();
  return { org, ids };
}

const TABLES = [
  'members',
  'skill_groups',
  'group_members',
  'channels',
  'contacts',
  'sessions',
  'messages',
  'session_events',
  'auto_replies',
  'words',
  'settings',
  'audit',
  'alerts',
  'alert_views',
  'parked',
  'media',
  'pay_merchants',
  'pay_orders',
  'pay_refunds',
  'leave_messages',
  'session_marks',
  'contact_activities',
  'invitations',
  'ratings',
  'settings_revisions',
] as const;
async function everything(_run: TestHub, org: Org): Promise<unknown> {
  const rows: Record<string, unknown> = {};
  for (const table of TABLES) rows[table] = await org.select(table).selectAll().execute();
  return rows;
}

/** Every route with an id: whose id it takes, and a body that would be right. */
const TRIALS: Record<string, { id: keyof Ids; body?: unknown }> = {
  // No row's id either: a year there is not.
  'GET /api/v1/calendar/cn/{year}': { id: 'group' },
  // No row's id: an area there is not.
  'GET /api/v1/settings/{area}/schema': { id: 'group' },
  'GET /api/v1/settings/{area}/revisions': { id: 'group' },
  'GET /api/v1/settings/{area}/revisions/{version}': { id: 'group' },
  'POST /api/v1/settings/{area}/rollback': { id: 'group', body: { version: 0, to: 0 } },
  'GET /api/v1/sessions/{id}': { id: 'session' },
  'GET /api/v1/sessions/{id}/messages': { id: 'session' },
  'GET /api/v1/sessions/{id}/templates': { id: 'session' },
  'GET /api/v1/sessions/{id}/payments': { id: 'session' },
  'POST /api/v1/sessions/{id}/payments': { id: 'session', body: { id: newId(), amount: 1, description: 'x' } },
  'POST /api/v1/sessions/{id}/payments/{paymentId}/close': { id: 'session' },
  'POST /api/v1/sessions/{id}/payments/{paymentId}/refund': { id: 'session', body: { id: newId() } },
  'PATCH /api/v1/pay-merchants/{id}': { id: 'merchant', body: { name: 'Mine now' } },
  'DELETE /api/v1/pay-merchants/{id}': { id: 'merchant' },
  'POST /api/v1/pay-merchants/{id}/check': { id: 'merchant' },
  'GET /api/v1/apps/{id}': { id: 'app' },
  'PATCH /api/v1/apps/{id}': { id: 'app', body: { name: 'Mine now' } },
  'DELETE /api/v1/apps/{id}': { id: 'app' },
  'POST /api/v1/apps/{id}/check': { id: 'app' },
  'POST /api/v1/apps/{id}/authorise': { id: 'app', body: {} },
  'PATCH /api/v1/channel-groups/{id}': { id: 'folder', body: { name: 'Mine now' } },
  'DELETE /api/v1/channel-groups/{id}': { id: 'folder' },
  'POST /api/v1/channels/{id}/disconnect': { id: 'channel' },
  'POST /api/v1/channels/{id}/link': { id: 'channel', body: { do: 'open' } },
  'POST /api/v1/sessions/{id}/messages': { id: 'session', body: { id: newId(), content: { type: 'text', text: 'x' } } },
  'POST /api/v1/sessions/{id}/messages/{messageId}/recall': { id: 'session' },
  'POST /api/v1/sessions/{id}/messages/{messageId}/retry': { id: 'session' },
  'POST /api/v1/sessions/{id}/accept': { id: 'session' },
  'POST /api/v1/sessions/{id}/end': { id: 'session' },
  'POST /api/v1/sessions/{id}/transfer': { id: 'session', body: { memberId: newId() } },
  'POST /api/v1/sessions/{id}/seen': { id: 'session', body: { seq: 1 } },
  'POST /api/v1/sessions/{id}/offer': { id: 'session', body: { accept: true } },
  'DELETE /api/v1/sessions/{id}/offer': { id: 'session' },
  'POST /api/v1/sessions/{id}/invitation': { id: 'session' },
  'POST /api/v1/sessions/{id}/tags': { id: 'session', body: {} },
  'PUT /api/v1/sessions/{id}/lock': { id: 'session', body: { on: true } },
  'PUT /api/v1/sessions/{id}/mine': { id: 'session', body: { starred: true } },
  'POST /api/v1/sessions/{id}/participants': { id: 'session', body: { memberId: newId() } },
  'DELETE /api/v1/sessions/{id}/participants/{memberId}': { id: 'session' },
  'GET /api/v1/sessions/{id}/decisions': { id: 'session' },
  'GET /api/v1/contacts/{id}/activities': { id: 'contact' },
  'PUT /api/v1/contacts/{id}/tags': { id: 'contact', body: { tagIds: [] } },
  'PUT /api/v1/contacts/{id}/block': { id: 'contact', body: { on: true } },
  'PUT /api/v1/contacts/{id}/star': { id: 'contact', body: { on: true } },
  'PATCH /api/v1/leave-messages/{id}': { id: 'leftMessage', body: { state: 'done' } },
  'GET /api/v1/contacts/{id}': { id: 'contact' },
  'PATCH /api/v1/contacts/{id}': { id: 'contact', body: { name: 'Mine now' } },
  'GET /api/v1/contacts/{id}/sessions': { id: 'contact' },
  'PATCH /api/v1/members/{id}': { id: 'member', body: { disabled: true, password: 'taken over' } },
  'PATCH /api/v1/groups/{id}': { id: 'group', body: { name: 'Mine now', memberIds: [] } },
  'DELETE /api/v1/groups/{id}': { id: 'group' },
  'GET /api/v1/channels/{id}': { id: 'channel' },
  'PATCH /api/v1/channels/{id}': { id: 'channel', body: { enabled: false } },
  'DELETE /api/v1/channels/{id}': { id: 'channel' },
  'POST /api/v1/channels/{id}/check': { id: 'channel' },
  'PATCH /api/v1/auto-replies/{id}': { id: 'rule', body: { enabled: false } },
  'DELETE /api/v1/auto-replies/{id}': { id: 'rule' },
  'DELETE /api/v1/words/{id}': { id: 'word' },
  'POST /api/v1/parked/{id}/replay': { id: 'parked' },
  'DELETE /api/v1/parked/{id}': { id: 'parked' },
};
