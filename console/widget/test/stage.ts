import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { browser } from './browser.ts';
import { built } from './built.ts';
import { Fake } from './fake.ts';

/** Where a file of tests plays: each test finds a fresh fake hub and an empty page here, and no page may fail in it. */
export let fake: Fake;
export let page: Page;
export let chromium: Awaited<ReturnType<typeof browser>>;
let faults: string[];

/** One Chromium with this window for the whole file. */
export function stage(viewport: { width: number; height: number }): void {
  beforeAll(async () => {
    await built();
    chromium = await browser({ locale: 'en-US', viewport });
  }, 90_000);
  afterAll(() => chromium?.close());
  beforeEach(async () => {
    fake = await new Fake().start();
    page = await chromium.context.newPage();
    faults = [];
    watch(page);
  });
  afterEach(async () => {
    await page.close();
    await fake.stop();
    expect(faults).toEqual([]);
  });
}

/** Scripts that fail and policies that are broken; a network that was cut on purpose is none. */
export function watch(on: Page): void {
  on.on('pageerror', (error) => faults.push(String(error)));
  on.on(
    'console',
    (said) =>
      said.type() === 'error' && !/Failed to load resource|WebSocket/.test(said.text()) && faults.push(said.text()),
  );
}

/** The one who talks to the fake hub. */
export const visitor = () => fake.house.only;
