import type { AppKind } from '../app.ts';
import type { Connector, Tools } from '../connector.ts';
import { Retry } from '../errors.ts';
import type { Sandbox } from '../sandbox.ts';

/**
 * An account's owner consents at the sandbox; what that grants is put where the hub would put it. Gives the account's
 * config. `callbackUrl` is where the app's own webhooks go. Throws what the app's `finish` throws.
 */
export async function consented<Config>(
  connector: Connector<Config>,
  app: AppKind,
  sandbox: Sandbox<Config>,
  name: string,
  tools: Tools,
  callbackUrl: string,
): Promise<Config> {
  const config = app.config.parse(sandbox.apps?.[app.name]?.(name, callbackUrl));
  const ask = {
    state: 'state-of-a-test',
    redirectUrl: 'http://127.0.0.1:9/connect/state-of-a-test',
    returnUrl: 'http://127.0.0.1:9/connect',
    connector: connector.name,
  };
  const query = await sandbox.consent?.(config, name, ask);
  const [one] = await patiently(() => app.finish(query ?? {}, config, tools, ask));
  if (!one) throw new Error('The consent brought no account.');
  for (const [key, value] of Object.entries(one.vault ?? {})) await tools.vault.put(key, value);
  return connector.config.parse({ ...one.config, app: config });
}

/** A platform may have to tell its app something first (a ticket): until then it is Retry. Five seconds at most. */
async function patiently<T>(make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Retry) || tries === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
