import type { ConnectorInfo } from '../channels/shapes.ts';
import { house } from '../house.svelte.ts';

/** On which kind of channel the previews look. */
class Seen {
  #name: string | null = $state(null);
  /** Those that are connected; where there is none yet, all. */
  get choices(): ConnectorInfo[] {
    const used = new Set(house.channels.map((one) => one.connector));
    const mine = house.connectors.filter((one) => used.has(one.name));
    return mine.length ? mine : house.connectors;
  }
  get chosen(): ConnectorInfo | undefined {
    return this.choices.find((one) => one.name === this.#name) ?? this.choices[0];
  }
  choose(name: string): void {
    this.#name = name;
  }
  /** A channel of that kind, for its name. */
  get channel(): string | undefined {
    return house.channels.find((one) => one.connector === this.chosen?.name)?.name;
  }
}
export const seen = new Seen();
