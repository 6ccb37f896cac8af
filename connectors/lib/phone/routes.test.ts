import { describe, expect, it } from 'vitest';
import { Consents } from '../sandbox/consent.ts';
import { Faults } from '../sandbox/faults.ts';
import { Files } from '../sandbox/files.ts';
import { ExchangeLog } from '../sandbox/log.ts';
import { type Phone, type PhoneModel, PhoneRefusal } from './model.ts';
import { phoneRoutes } from './routes.ts';
import { World } from './world.ts';

const text = (en: string) => ({ zh: `中${en}`, en });
const model: PhoneModel = {
  name: 'acme',
  label: text('Acme'),
  fields: {},
  theme: { accent: '#246', onAccent: '#fff', bubble: '#def', onBubble: '#123' },
  sends: { text: 100 },
  actions: [
    { id: 'enter', label: text('Enter') },
    { id: 'scene', label: text('Scan'), input: { label: text('Scene'), max: 5 } },
    {
      id: 'mood',
      label: text('Mood'),
      input: { label: text('Mood'), choices: [{ value: 'good', label: text('Good') }] },
    },
    { id: 'note', label: text('Note'), input: { label: text('Note'), optional: true } },
    { id: 'react', label: text('React'), on: 'account', input: { label: text('Sign') } },
  ],
};

function bench({ withConsents = true } = {}) {
  const world = new World();
  for (const id of ['shop', 'mini']) world.putAccount({ id, name: id, callbackUrl: '', credentials: {} });
  world.putPerson({ id: 'p', name: 'Guest' });
  const done: unknown[][] = [];
  const files = new Files(1000);
  const phone: Phone = {
    model,
    modelOf: (account) => (account === 'mini' ? { ...model, name: 'mini', actions: undefined } : model),
    accounts: () => world.accounts(),
    people: () => world.people(),
    addPerson: (name) => world.putPerson({ id: name, name }),
    chat: (account, person) => world.chat(account, person),
    upload: (file) => files.add({ ...file, at: 0 }).id,
    say: () => 'm',
    unsend: () => {},
    follow: () => {},
    act: (...what) => {
      if (what[4] === 'gone') throw new PhoneRefusal('not_found', 'No such message.');
      done.push(what);
    },
    recordings: () => [],
    replay: () => {},
    subscribe: (listener) => world.feed.subscribe(listener),
  };
  const consents = new Consents({ mount: '/sandbox/acme', now: Date.now, theme: model.theme });
  const app = phoneRoutes({
    phone,
    files,
    faults: new Faults([], () => {}),
    log: new ExchangeLog(() => {}),
    mount: '/sandbox/acme',
    actions: [],
    consents: withConsents ? consents : undefined,
  });
  const act = (body: object) =>
    app.request('/phone/act', { method: 'POST', body: JSON.stringify({ account: 'shop', person: 'p', ...body }) });
  const state = async (query = '') => (await app.request(`/phone/state${query}`)).json();
  return { act, done, state, app };
}

describe('what a person can do on the phone', () => {
  it('is done as the sandbox’s verb, with what was asked for', async () => {
    const { act, done } = bench();
    for (const body of [
      { action: 'enter', value: 'not asked for' },
      { action: 'scene', value: 'shelf' },
      { action: 'note' },
      { action: 'react', value: '👍', message: 'm1' },
    ])
      expect((await act(body)).status).toBe(204);
    expect(done).toEqual([
      ['shop', 'p', 'enter', undefined, undefined],
      ['shop', 'p', 'scene', 'shelf', undefined],
      ['shop', 'p', 'note', undefined, undefined],
      ['shop', 'p', 'react', '👍', 'm1'],
    ]);
  });

  it.each([
    ['not_found', { action: 'fly' }],
    ['not_found', { action: 'enter', account: 'mini' }],
    ['not_found', { action: 'react', value: '👍', message: 'gone' }],
    ['no_value', { action: 'scene' }],
    ['no_value', { action: 'scene', value: '  ' }],
    ['bad_value', { action: 'scene', value: 'too long' }],
    ['bad_value', { action: 'mood', value: 'bad' }],
    ['no_message', { action: 'react', value: '👍' }],
    ['bad_request', { action: 'enter', more: 1 }],
  ])('is refused as %s: %j', async (code, body) => {
    const { act, done } = bench();
    const answer = await act(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect((await answer.json()).code).toBe(code);
    expect(done).toEqual([]);
  });

  it('is the account’s own, where accounts are of several kinds', async () => {
    const { state } = bench();
    expect((await state()).model.name).toBe('acme');
    expect((await state('?account=shop&person=p')).model.name).toBe('acme');
    expect((await state('?account=mini&person=p')).model.name).toBe('mini');
  });

  it('offers to scan where the platform asks for consent', async () => {
    expect((await bench().state()).scans).toBe(true);
    expect((await bench({ withConsents: false }).state()).scans).toBe(false);
    const page = await bench().app.request('/');
    expect(page.headers.get('content-security-policy')).toContain("frame-src 'self'");
  });

  it('has a face for everybody, whatever their ids look like', async () => {
    const { app } = bench();
    for (const id of ['p', '4917247615081@c.us', 'a b/ü']) {
      const face = await app.request(`/avatars/${encodeURIComponent(id)}.png`);
      expect([face.status, face.headers.get('content-type')]).toEqual([200, 'image/png']);
    }
  });
});
