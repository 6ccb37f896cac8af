import { describe } from 'vitest';
import type { Connector } from './connector.ts';
import { throughApp } from './contract/app.ts';
import { bodies } from './contract/bodies.ts';
import { description } from './contract/description.ts';
import { media } from './contract/media.ts';
import type { ContractOptions } from './contract/options.ts';
import { passive } from './contract/passive.ts';
import { powers } from './contract/powers.ts';
import { roundTrip } from './contract/round-trip.ts';
import { sending } from './contract/sending.ts';
import { signature } from './contract/signature.ts';
import { translation } from './contract/translation.ts';
import { windows } from './contract/windows.ts';

export type { ContractOptions } from './contract/options.ts';
export { brokenOff, fakeFetch, fakeTools, jsonAnswer, noConnection } from './contract/tools.ts';
export { fixturesIn } from './lib/fixtures.ts';

/**
 * The tests every connector passes, whatever its platform. What a connector does not offer (no `send`, no sandbox) is
 * left out of the options, and its tests are not there. The connector's own file adds what is peculiar.
 */
export function connectorContract<Config>(connector: Connector<Config>, options: ContractOptions<Config>): void {
  const heard = options.app ? throughApp(connector, options.app) : connector;
  describe(`${connector.name} keeps the contract`, () => {
    description(connector, options);
    signature(heard, options);
    translation(heard, options);
    bodies(heard, options);
    windows(heard, options);
    passive(heard, options);
    media(heard, options);
    powers(connector, options);
    if (options.send) sending(connector, options, options.send);
    const named = options.send?.good.ids.some((id) => id !== undefined);
    if (options.sandbox) roundTrip(connector, options.sandbox, options.app?.kind, named);
  });
}
