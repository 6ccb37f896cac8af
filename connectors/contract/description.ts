import { describe, expect, it } from 'vitest';
import type { FileRule } from '../../core/can.ts';
import type { AppKind } from '../app.ts';
import type { Connector, Text } from '../connector.ts';
import { appConfigOf } from './app.ts';
import type { ContractOptions } from './options.ts';

/** Names, form and capabilities: what the console draws without asking for a channel by its name. */
export function description<Config>(connector: Connector<Config>, { config, app }: ContractOptions<Config>): void {
  describe('describes itself', () => {
    it('has a name for addresses and tables, and a label in both languages', () => {
      expect(connector.name).toMatch(/^[a-z][a-z0-9-]{1,30}$/);
      inBoth(connector.label);
    });

    it('labels every field in both languages, ours without empty help', () => {
      for (const field of Object.values(connector.fields)) {
        inBoth(field.label);
        if (field.help) inBoth(field.help);
      }
    });

    it('takes a config of its fields and of nothing else', () => {
      // What an account connected through an app consists of is learnt, not typed.
      if (!app) for (const key of Object.keys(config as object)) expect(Object.keys(connector.fields)).toContain(key);
      expect(connector.config.parse(config)).toEqual(config);
      expect(connector.config.safeParse(undefined).success).toBe(false);
      expect(connector.config.safeParse('text').success).toBe(false);
    });

    it('asks for what the form marks as required', () => {
      for (const [key, field] of Object.entries(connector.fields)) {
        if (!field.required) continue;
        const { [key]: _, ...rest } = config as Record<string, unknown>;
        expect(connector.config.safeParse(rest).success, `${key} missing`).toBe(false);
        expect(connector.config.safeParse({ ...rest, [key]: '' }).success, `${key} empty`).toBe(false);
        expect(connector.config.safeParse({ ...rest, [key]: 7 }).success, `${key} a number`).toBe(false);
      }
    });

    it('flags every secret, so that it is sealed and never shown again', () => {
      for (const [key, field] of Object.entries(connector.fields)) {
        if (/secret|token|password|private|aes|apikey/i.test(key)) expect(field.secret, key).toBe(true);
      }
    });

    it('promises what a channel can carry in sane numbers', () => {
      const { can } = connector;
      expect(can.text).toBeGreaterThan(0);
      for (const [kind, rule] of Object.entries({
        image: can.image,
        voice: can.voice,
        video: can.video,
        file: can.file,
      })) {
        if (rule) sane(kind, rule);
      }
      if (can.batch !== undefined) expect(can.batch).toBeGreaterThanOrEqual(1);
      if (can.recall !== undefined) expect(can.recall).toBeGreaterThan(0);
      for (const grant of Object.values(can.window?.grants ?? {})) {
        expect(grant.seconds).toBeGreaterThan(0);
        if (grant.sends !== undefined) expect(grant.sends).toBeGreaterThan(0);
      }
    });

    it('promises no power that it lacks', () => {
      const { can, send } = connector;
      if (connector.markRead) expect(can.markRead).toBe(true);
      if (connector.typing) expect(can.typing).toBeDefined();
      if (connector.recall) expect(can.recall).toBeGreaterThan(0);
      if (connector.templates) expect(can.template).toBe(true);
      if (send) expect(Object.keys(connector.hosts).length, 'a connector that sends knows where').toBeGreaterThan(0);
    });

    it('names its platform by https addresses without a slash at the end', () => {
      for (const host of Object.values(connector.hosts)) {
        expect(new URL(host).protocol).toBe('https:');
        expect(host.endsWith('/')).toBe(false);
      }
    });
  });
  if (app) appDescription(connector, app.kind, appConfigOf(config));
}

/** The kind of app its accounts are connected through, likewise. */
function appDescription(connector: Connector, kind: AppKind, config: unknown): void {
  describe('describes its app', () => {
    it('in both languages, with a guide and the addresses to enter', () => {
      expect(kind.name).toMatch(/^[a-z][a-z0-9-]{1,30}$/);
      for (const text of [kind.label, kind.text, ...kind.guide]) inBoth(text);
      expect(kind.guide.length).toBeGreaterThan(0);
      for (const { label } of kind.addresses) inBoth(label);
      for (const { label, help } of Object.values(kind.fields))
        for (const text of [label, help]) if (text) inBoth(text);
    });
    it('serves this connector, which names it as a way in', () => {
      expect(kind.connectors).toContain(connector.name);
      expect(connector.ways?.some((way) => way.kind === 'app' && way.app === kind.name)).toBe(true);
      expect(connector.hosts).toMatchObject(kind.hosts);
    });
    it('takes a config of its fields, and flags every secret', () => {
      for (const key of Object.keys(config as object)) expect(Object.keys(kind.fields)).toContain(key);
      expect(kind.config.parse(config)).toEqual(config);
      for (const [key, field] of Object.entries(kind.fields)) {
        if (/secret|token|password|private|aes|apikey/i.test(key)) expect(field.secret, key).toBe(true);
        if (!field.required) continue;
        const { [key]: _, ...rest } = config as Record<string, unknown>;
        for (const bad of [rest, { ...rest, [key]: '' }, { ...rest, [key]: 7 }])
          expect(kind.config.safeParse(bad).success, key).toBe(false);
      }
    });
  });
}

function inBoth(text: Text): void {
  expect(text.zh.trim()).not.toBe('');
  expect(text.en.trim()).not.toBe('');
}

function sane(kind: string, rule: FileRule): void {
  expect(rule.bytes, kind).toBeGreaterThan(0);
  expect(rule.types.length, kind).toBeGreaterThan(0);
  for (const type of rule.types) expect(type, kind).toMatch(/^(\*|[a-z]+)\/(\*|[a-z0-9][a-z0-9.+-]*)$/);
}
