import type { ReleaseRecord } from '../../core/record.ts';
import type { Step } from '../scenario-steps.ts';
import type { Stage } from '../stage.ts';

/** What a scenario has so far, as its acts share it. */
export interface Scene {
  readonly stage: Stage;
  /** ARN of the execution behind each release's name. */
  readonly executions: Map<string, string>;
  /** Hits of each fault that was injected, and of each permission that was taken away. */
  readonly faults: Map<string, () => number>;
  /** ARN of a release's execution (default: `first`). Throws when the scenario has started none of that name. */
  arnOf(name?: string): string;
  recordOf(name?: string): Promise<ReleaseRecord | undefined>;
  /** Plays further steps, while a call waits or as part of another step. */
  play(steps: readonly Step[]): Promise<void>;
  /** Names what is to be ended with the scenario, and then says in a sentence each what it found wrong. */
  onEnd(end: () => Promise<readonly string[]>): void;
}

/** What each step does, by its verb. The schema has checked the step. */
export type Acts = Readonly<Record<string, (step: any) => Promise<void>>>;

/** Id of a release: the name of its execution. */
export const releaseId = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
