import Bowser from 'bowser';
import type { Terminal } from '../../core/inbound.ts';

/** Longer than any browser's own word. Characters. */
const MOST = 500;
const DEVICES: readonly string[] = ['desktop', 'mobile', 'tablet'] satisfies Terminal['device'][];

/** What somebody writes with, read from a `User-Agent`. Null when it says nothing of a browser: anybody may write anything there. */
export function terminalOf(userAgent: string | undefined): Terminal | null {
  const text = userAgent?.slice(0, MOST).trim();
  if (!text) return null;
  const { browser, os, platform } = Bowser.parse(text);
  const frozen = os.name === 'macOS' || os.version === 'NT 10.0';
  const version = os.name === 'Windows' ? os.versionName : numbers(os.version, 2);
  const found: Terminal = {
    device: DEVICES.includes(platform.type ?? '') ? (platform.type as Terminal['device']) : null,
    // Browsers say `Mac OS X 10_15_7` and `Windows NT 10.0` whatever came after it.
    os: named(os.name, frozen ? '' : version),
    browser: named(browser.name, numbers(browser.version, 1)),
  };
  return found.os || (found.browser && found.device) ? found : null;
}

const named = (name: string | undefined, version: string | undefined): string | null =>
  name ? [name, version].filter(Boolean).join(' ').slice(0, 60) : null;
const numbers = (version: string | undefined, many: number) => version?.split('.').slice(0, many).join('.');
