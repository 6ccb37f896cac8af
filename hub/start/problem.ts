/**
 * Why Haina cannot start, in one sentence that ends with the way out. Made for the person at the terminal: it is
 * printed as it is, without a stack trace, and the process ends with 1. Never carries a password.
 */
export class StartProblem extends Error {
  override readonly name: string = 'StartProblem';
}

/** Every problem of the environment at once. `problems` is one sentence each. */
export class EnvProblems extends StartProblem {
  override readonly name = 'EnvProblems';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What to print for whatever ended the start: the sentence of a StartProblem, the whole trace of a bug. */
export function describeFailure(error: unknown): string {
  if (error instanceof EnvProblems) return error.problems.map((problem) => `✗ ${problem}`).join('\n');
  if (error instanceof StartProblem) return `✗ ${error.message}`;
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
