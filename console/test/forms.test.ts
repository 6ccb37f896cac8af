import { describe, expect, it } from 'vitest';
import { ApiError } from '../src/lib/api.ts';
import { given, shown } from '../src/lib/channels/config.ts';
import type { Field } from '../src/lib/channels/shapes.ts';
import { Sending } from '../src/lib/sending.svelte.ts';
import { Editing } from '../src/lib/settings/editing.svelte.ts';

const field = (key: string, more: Partial<Field> = {}): Field => ({
  key,
  label: { en: key, zh: key },
  help: null,
  secret: false,
  required: true,
  make: false,
  lines: false,
  placeholder: null,
  choices: null,
  ...more,
});
const mode = field('mode', { choices: [{ value: 'plain', label: { en: 'Plain', zh: '明文' } }] });
const fields = [field('appId'), field('secret', { secret: true }), mode];

describe('a form of credentials', () => {
  it('shows what the hub shows: of a secret only that it is set', () => {
    expect(shown({ appId: 'wx1', secret: true })).toEqual({ appId: 'wx1' });
    expect(shown()).toEqual({});
  });
  it('of what is known, an empty secret stays and another empty value goes; of what is new, both are left out', () => {
    expect(given(fields, { appId: ' ', secret: '' }, true)).toEqual({ appId: null, mode: 'plain' });
    expect(given(fields, { appId: ' ', secret: '' }, false)).toEqual({ mode: 'plain' });
    expect(given(fields, { appId: ' wx1 ', secret: 's', mode: 'safe' }, true)).toEqual({
      appId: 'wx1',
      secret: 's',
      mode: 'safe',
    });
  });
});

describe('a form on its way', () => {
  it('keeps what the hub refuses until it is sent again, and never swallows a bug', async () => {
    const sending = new Sending();
    const refusal = new ApiError(400, { code: 'invalid_input', errors: [{ path: 'body.username', message: 'taken' }] });
    const refused = sending.run(() => Promise.reject(refusal));
    expect(sending.busy).toBe(true);
    expect(await refused).toBe(false);
    expect([sending.busy, sending.error]).toEqual([false, refusal]);
    // Without the words of a language, the hub's own.
    expect(sending.wrong('username')).toBe('taken');
    expect(sending.wrong('name')).toBeUndefined();
    expect(await sending.run(() => Promise.resolve())).toBe(true);
    expect([sending.busy, sending.error, sending.wrong('username')]).toEqual([false, null, undefined]);
    await expect(sending.run(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
    expect([sending.busy, sending.error]).toEqual([false, null]);
  });
});

describe('a list that is put in order', () => {
  it('takes a new entry at its end, a changed one in its place, and a copy below what it was copied from', () => {
    const list = [
      { id: 'a', name: 'first' },
      { id: 'b', name: 'second' },
    ];
    const editing = new Editing(() => list);
    editing.done({ id: 'c', name: 'third' });
    editing.entry = list[0]!;
    editing.done({ id: 'a', name: 'renamed' });
    expect(editing.entry).toBeNull();
    editing.copy(list[0]!, 0);
    expect(list.map(({ name }) => name)).toEqual(['renamed', 'renamed', 'second', 'third']);
    expect(list[1]!.id).not.toBe('a');
    expect(editing.entry).toEqual(list[1]);
  });
});
