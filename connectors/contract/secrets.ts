import { expect } from 'vitest';
import type { Connector, Fields } from '../connector.ts';
import { appConfigOf } from './app.ts';
import type { ContractOptions } from './options.ts';
import type { FakeTools } from './tools.ts';

/** Everything of this account that nobody may read in a log or an error: sealed fields, its app's, what is in the vault. */
export function secretsOf<Config>(
  connector: Connector<Config>,
  { config, app, vault }: Pick<ContractOptions<Config>, 'config' | 'app' | 'vault'>,
): string[] {
  const sealed = (fields: Fields, values: unknown) =>
    Object.entries(fields)
      .filter(([, field]) => field.secret)
      .map(([key]) => (values as Record<string, unknown> | undefined)?.[key]);
  return [
    ...sealed(connector.fields, config),
    ...(app ? sealed(app.kind.fields, appConfigOf(config)) : []),
    ...Object.values(vault ?? {}),
  ].filter((value): value is string => typeof value === 'string' && value.length >= 8);
}

/** Fails when one of them was told. */
export function mustKeep(secrets: string[], told: unknown, tools?: FakeTools): void {
  const lines = [...(tools?.logged ?? [])];
  for (let cause = told, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++)
    lines.push(`${cause.message} ${cause.stack ?? ''}`);
  for (const line of lines)
    for (const secret of secrets) expect(line.includes(secret), 'a secret was told').toBe(false);
}
