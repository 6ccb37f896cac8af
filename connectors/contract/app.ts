import type { Accounts, AppKind } from '../app.ts';
import type { Connector, RawRequest } from '../connector.ts';

/** The config of an account that was connected through an app. */
export const appConfigOf = (config: unknown): unknown => (config as { app?: unknown }).app;

/** A connector that hears through its app's webhook, so that every case of the contract runs over that one. */
export function throughApp<Config>(
  connector: Connector<Config>,
  { kind, account }: { kind: AppKind; account: string },
): Connector<Config> {
  const accounts: Accounts = { has: (id) => id === account };
  return {
    ...connector,
    receive(request: RawRequest, config: Config) {
      if (!kind.receive) throw new TypeError(`${kind.name} has no webhook of its own.`);
      return kind.receive(request, appConfigOf(config), accounts);
    },
  };
}
