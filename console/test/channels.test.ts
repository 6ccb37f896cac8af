import { describe, expect, it } from 'vitest';
import type { Can } from '../../core/can.ts';
import { changeOf, offered } from '../src/lib/channels/fits.ts';
import type { Channel, ConnectorInfo } from '../src/lib/channels/shapes.ts';
import { shareOf, signsOf } from '../src/lib/channels/state.ts';
import { type Branch, changesOf, folderPlaced, placed, stepped, treeOf } from '../src/lib/channels/tree.ts';
import { platformsOf, slugOf, wayAt } from '../src/lib/channels/ways.ts';
import { filled } from '../src/lib/template.ts';
import { money } from '../src/lib/text.ts';
import { rightOf } from '../src/lib/window.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const later = (ms: number) => new Date(NOW + ms).toISOString();
const HOUR = 3_600_000;

describe('the tree of channels', () => {
  const folders = [
    { id: 'f2', name: 'Two', order: 1 },
    { id: 'f1', name: 'One', order: 0 },
  ];
  const leaf = (id: string, folderId: string | null, order: number) => ({ id, folderId, order, createdAt: later(0) });
  const channels = [leaf('c', null, 0), leaf('b', 'f1', 1), leaf('a', 'f1', 0), leaf('lost', 'gone', 1)];
  const tree = treeOf(folders, channels);
  const shown = (one: Branch<(typeof channels)[number]>[]) =>
    one.map((branch) => `${branch.folder?.id ?? '-'}:${branch.channels.map((each) => each.id).join('')}`).join(' ');

  it('has the groups in their order, and last what is in none', () => {
    expect(shown(tree)).toBe('f1:ab f2: -:clost');
    expect(shown(treeOf([], channels))).toBe('-:cablost');
    // A channel of a group that is gone has no group: moving nothing else tells just that.
    expect(changesOf(tree, channels, folders)).toEqual({
      channels: [{ id: 'lost', folderId: null, order: 1 }],
      folders: null,
    });
  });
  it('moves a channel step by step, through the groups and no further', () => {
    let next = stepped(tree, 'a', 1);
    expect(shown(next)).toBe('f1:ba f2: -:clost');
    next = stepped(next, 'a', 1);
    expect(shown(next)).toBe('f1:b f2:a -:clost');
    next = stepped(next, 'a', 1);
    expect(shown(next)).toBe('f1:b f2: -:aclost');
    expect(shown(stepped(next, 'a', -1))).toBe('f1:b f2:a -:clost');
    expect(stepped(tree, 'a', -1)).toBe(tree);
    expect(stepped(tree, 'lost', 1)).toBe(tree);
    expect(stepped(tree, 'nobody', 1)).toBe(tree);
  });
  it('moves a group, never behind what is in none', () => {
    expect(shown(stepped(tree, 'f1', 1))).toBe('f2: f1:ab -:clost');
    expect(stepped(tree, 'f2', 1)).toBe(tree);
    expect(stepped(tree, 'f1', -1)).toBe(tree);
    expect(shown(folderPlaced(tree, 'f1', 9))).toBe('f2: f1:ab -:clost');
    expect(changesOf(folderPlaced(tree, 'f2', 0), channels, folders).folders).toEqual(['f2', 'f1']);
  });
  it('tells the hub only what changed', () => {
    const known = channels.filter((one) => one.id !== 'lost');
    const next = placed(treeOf(folders, known), 'c', 'f1', 1);
    expect(shown(next)).toBe('f1:acb f2: -:');
    expect(changesOf(next, known, folders)).toEqual({
      channels: [
        { id: 'c', folderId: 'f1', order: 1 },
        { id: 'b', folderId: 'f1', order: 2 },
      ],
      folders: null,
    });
  });
});

describe('how a channel is', () => {
  const channel = (change: Partial<Omit<Channel, 'health'>> & { health?: Partial<Channel['health']> } = {}) =>
    ({
      enabled: true,
      link: null,
      expiresAt: null,
      ...change,
      health: {
        state: 'ok',
        code: null,
        text: null,
        points: [],
        lastInboundAt: null,
        silentSince: null,
        ...change.health,
      },
    }) as unknown as Channel;
  const keys = (one: Channel) => signsOf(one, NOW).map((sign) => sign.key);
  const point = (code: string, ok: boolean) => ({ code, ok, what: { zh: '', en: '' }, mend: null, url: null });

  it.each([
    ['ok', channel(), 'good'],
    ['new', channel({ health: { state: 'new' } }), 'good'],
    ['off', channel({ enabled: false, health: { state: 'attention' } }), 'off'],
    ['disconnected', channel({ health: { state: 'attention', code: 'disconnected' } }), 'attention'],
    ['revoked', channel({ health: { state: 'attention', code: 'revoked' } }), 'attention'],
    ['attention', channel({ health: { state: 'attention', code: 'token' } }), 'attention'],
    ['permission', channel({ health: { state: 'attention', points: [point('permission:1', false)] } }), 'attention'],
    ['silent', channel({ health: { silentSince: later(-90 * HOUR) } }), 'attention'],
    ['expiring', channel({ expiresAt: later(24 * HOUR) }), 'attention'],
    ['expired', channel({ expiresAt: later(-1) }), 'attention'],
    ['ok', channel({ expiresAt: later(24 * 30 * HOUR) }), 'good'],
    ['link.scan', channel({ link: { state: 'qr', at: later(0) } }), 'attention'],
    ['link.failed', channel({ link: { state: 'failed', at: later(0) } }), 'attention'],
    ['link.connecting', channel({ link: { state: 'starting', at: later(0) } }), 'good'],
    ['ok', channel({ link: { state: 'ready', at: later(0) }, health: { state: 'new' } }), 'good'],
  ] as const)('%s', (key, one, share) => {
    expect(keys(one)).toEqual([key]);
    expect(shareOf(one, NOW)).toBe(share);
  });
  it('the most pressing first', () => {
    expect(
      keys(channel({ expiresAt: later(HOUR), health: { state: 'attention', silentSince: later(-100 * HOUR) } })),
    ).toEqual(['attention', 'expiring', 'silent']);
    // A permission that is there is none that is missing.
    expect(keys(channel({ health: { state: 'attention', points: [point('permission', true)] } }))).toEqual([
      'attention',
    ]);
  });
});

it('connectors of one platform stand together, and each way in has an address', () => {
  const connector = (name: string, platform: string) =>
    ({
      name,
      platform,
      ways: [
        { kind: 'app', app: 'opened' },
        { kind: 'fields', app: null },
      ],
    }) as unknown as ConnectorInfo;
  const all = [connector('a', 'p'), connector('b', 'q'), connector('c', 'p')];
  expect(platformsOf(all).map((one) => [one.name, one.connectors.map(({ name }) => name)])).toEqual([
    ['p', ['a', 'c']],
    ['q', ['b']],
  ]);
  expect(all[0]!.ways.map(slugOf)).toEqual(['opened', 'fields']);
  expect(wayAt(all[0], 'fields')).toBe(all[0]!.ways[1]);
  expect(wayAt(all[0], 'link')).toBeUndefined();
  expect(wayAt(undefined, 'fields')).toBeUndefined();
});

describe('what an automatic answer may be (CH-36, AR-06)', () => {
  const plain: Can = { text: 10 };
  const rich: Can = {
    text: 5000,
    image: { types: ['image/png'], bytes: 1000 },
    video: { types: ['video/mp4'], bytes: 1000 },
    file: { types: ['*/*'], bytes: 2000 },
    link: true,
    menu: { options: 2, text: 20 },
  };
  it('is offered when one of the chosen channels carries it', () => {
    expect(offered([plain])).toEqual(['text']);
    expect(offered([plain, rich])).toEqual(['text', 'image', 'file', 'link', 'video', 'menu']);
    expect(offered([])).toHaveLength(6);
  });
  it.each([
    ['a long text', { type: 'text', text: 'more than ten letters' }, 'split', null],
    ['a short text', { type: 'text', text: 'short' }, null, null],
    ['a link', { type: 'link', title: 'T', url: 'https://example.com' }, 'words', null],
    ['a picture', { type: 'image', media: { mime: 'image/png', size: 10 } }, 'address', null],
    ['a large picture', { type: 'image', media: { mime: 'image/png', size: 1500 } }, 'address', 'file'],
    [
      'a picture larger than any file',
      { type: 'image', media: { mime: 'image/png', size: 9000 } },
      'address',
      'address',
    ],
    ['a file', { type: 'file', media: { mime: 'application/pdf', size: 10 } }, 'address', null],
    ['a menu', { type: 'menu', text: 'Q', options: [{ id: '1', text: 'A' }] }, 'numbered', null],
  ] as const)('%s: told how it arrives', (_, content, onPlain, onRich) => {
    expect(changeOf(content as never, plain)).toBe(onPlain);
    expect(changeOf(content as never, rich)).toBe(onRich);
  });
  it('a menu with more choices than a channel has goes out numbered', () => {
    const options = ['1', '2', '3'].map((id) => ({ id, text: id }));
    expect(changeOf({ type: 'menu', text: 'Q', options }, rich)).toBe('numbered');
  });
});

describe('the right to write', () => {
  const window = { until: later(HOUR), sends: 5, quota: false, metered: true, templates: false };
  it.each([
    ['open', window, null],
    ['over', { ...window, until: later(0) }, 'closed'],
    ['used up', { ...window, sends: 0 }, 'sends'],
    ['over and used up: the time is told', { ...window, until: later(-1), sends: 0 }, 'closed'],
    ['never opened', { ...window, until: null, sends: null }, 'never'],
    ['not metered', { ...window, until: null, sends: null, metered: false }, null],
    ['none at all', null, null],
  ] as const)('%s', (_, one, shut) => {
    expect(rightOf(one, NOW).shut).toBe(shut);
  });
  it('tells what is left', () => {
    expect(rightOf(window, NOW)).toMatchObject({ left: HOUR, sends: 5 });
  });
});

it('puts values into a template', () => {
  expect(filled('Dear {{1}}, your order {{ 2 }} of {{1}}: {{3}}', ['A', '42', ''])).toBe(
    'Dear A, your order 42 of A: {{3}}',
  );
  expect(filled('no places', ['x'])).toBe('no places');
});

it('writes amounts in the smallest unit as people do', () => {
  expect(money(9800, 'CNY', 'zh-CN')).toBe('¥98.00');
  expect(money(1, 'CNY', 'en')).toBe('¥0.01');
  expect(money(500, 'JPY', 'en')).toBe('¥500');
});
