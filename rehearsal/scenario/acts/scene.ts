import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { Stage } from '../../stage/stage.ts';
import type { StepWords } from '../step-words.ts';
import type { Step } from '../steps.ts';

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
  /** Plays the steps inside a step, which is named by its place; one that fails fails the scenario. */
  play(steps: readonly Step[], place: string): Promise<void>;
  /** Tells people what happens now. */
  tell(words: StepWords): void;
  /** Names what is to be ended with the scenario, and then says in a sentence each what it found wrong. */
  onEnd(end: () => Promise<readonly string[]>): void;
}

/** What each step does, by its verb. The schema has checked the step; its place names it in errors. */
export type Acts = Readonly<Record<string, (step: any, place: string) => Promise<void>>>;

/** Id of a release: the name of its execution. */
export const releaseId = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);
