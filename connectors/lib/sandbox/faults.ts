import { z } from 'zod';
import type { Text } from '../../connector.ts';

/** One way to misbehave, as data: the page draws the switch, tests set it by name. */
export interface FaultSpec {
  id: string;
  group: 'delivery' | 'api' | 'account';
  label: Text;
  help?: Text;
  /** A switch is off at first; a number counts `unit` and starts at `initial`. */
  kind: 'switch' | 'number';
  max?: number;
  initial?: number;
  unit?: Text;
}

/** The switches of one sandbox. Unknown names and values out of range are refused with a ZodError. */
export class Faults {
  readonly specs: readonly FaultSpec[];
  readonly #values = new Map<string, number | boolean>();
  readonly #schema: z.ZodType<Record<string, number | boolean>>;
  readonly #changed: (values: Record<string, number | boolean>) => void;

  constructor(specs: readonly FaultSpec[], changed: (values: Record<string, number | boolean>) => void) {
    this.specs = specs;
    this.#changed = changed;
    this.#schema = z.strictObject(
      Object.fromEntries(
        specs.map((spec) => [
          spec.id,
          (spec.kind === 'switch'
            ? z.boolean()
            : z
                .int()
                .nonnegative()
                .max(spec.max ?? 60_000)
          ).optional(),
        ]),
      ),
    ) as z.ZodType<Record<string, number | boolean>>;
    this.#reset();
  }

  on(id: string): boolean {
    return this.#values.get(id) === true;
  }

  number(id: string): number {
    const value = this.#values.get(id);
    return typeof value === 'number' ? value : 0;
  }

  values(): Record<string, number | boolean> {
    return Object.fromEntries(this.#values);
  }

  /** Sets what is named and leaves the rest. */
  set(values: unknown): void {
    for (const [id, value] of Object.entries(this.#schema.parse(values))) {
      if (value !== undefined) this.#values.set(id, value);
    }
    this.#changed(this.values());
  }

  /** Everything well-behaved again. */
  reset(): void {
    this.#reset();
    this.#changed(this.values());
  }

  #reset(): void {
    for (const spec of this.specs) this.#values.set(spec.id, spec.kind === 'switch' ? false : (spec.initial ?? 0));
  }
}
