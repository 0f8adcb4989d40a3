/** Plays the steps of a scenario on a stage. */

import { oneLine } from '../../core/text/one-line.ts';
import type { Stage } from '../stage/stage.ts';
import { accountActs } from './acts/account.ts';
import { commandActs } from './acts/commands.ts';
import { faultActs } from './acts/faults.ts';
import { peopleActs } from './acts/people.ts';
import { releaseActs } from './acts/releases.ts';
import { type Acts, releaseId, type Scene } from './acts/scene.ts';
import { tableActs } from './acts/table.ts';
import { type StepWords, stepWords } from './step-words.ts';
import { type Step, verbOf } from './steps.ts';

/** One thing that a scenario did, at its moment. */
export interface Told extends StepWords {
  /** Service milliseconds since 1970. */
  readonly at: number;
}

/** What has happened in a scenario so far. */
export interface Play extends Pick<Scene, 'executions' | 'faults'> {
  /** Names of the attempts of which all steps were taken. */
  readonly taken: readonly string[];
  /** What the scenario did, in its order. */
  readonly told: readonly Told[];
  /** A sentence for each step inside another one that has failed. */
  readonly failures: readonly string[];
  /** Ends what the steps have left running; gives a sentence for everything that it found wrong. */
  stop(): Promise<readonly string[]>;
}

/** What an error says, with its code if it has one. */
const errorText = ({ name, message }: Error): string =>
  name === 'Error' ? message : `${name}: ${message}`;

/** Gives the function that plays the steps of a scenario on a stage, and what they leave behind. */
export const playOn = (
  stage: Stage,
): { play: (steps: readonly Step[]) => Promise<void>; state: Play } => {
  const executions: Scene['executions'] = new Map();
  const faults: Scene['faults'] = new Map();
  const taken: string[] = [];
  const told: Told[] = [];
  const failures: string[] = [];
  let end = async (): Promise<readonly string[]> => [];

  const arnOf = (name = 'first'): string => {
    const arn = executions.get(name);
    if (!arn) throw new Error(`the scenario has started no release "${name}"`);
    return arn;
  };

  const tell: Scene['tell'] = (words) => {
    told.push({ at: stage.sandbox.clock.now(), ...words });
  };

  const take = async (step: Step, place: string): Promise<void> => {
    const act = acts[verbOf(step)];
    if (!act) throw new Error(`the scenario has an unknown step: ${JSON.stringify(step)}`);
    const words = stepWords(step);
    if (words) tell(words);
    await act(step, place);
  };

  /** Takes one step after the other; the error of one that fails begins with its place. */
  const takeAll = async (steps: readonly Step[], inside = ''): Promise<void> => {
    for (const [index, step] of steps.entries()) {
      const place = `${inside && `${inside} → `}step ${index + 1} (${verbOf(step)})`;
      try {
        await take(step, place);
      } catch (error) {
        throw new Error(`${place}: ${errorText(error as Error)}`, { cause: error });
      }
    }
  };

  const play = async (steps: readonly Step[]): Promise<void> => {
    try {
      await takeAll(steps);
    } catch (error) {
      const { message } = error as Error;
      const before = failures.filter((failure) => !message.includes(failure));
      throw new Error([message, ...before].join('; before that, '), { cause: error });
    }
  };

  // The call that waits for these steps fails with them, and its caller may take that for a failure of AWS.
  const playInside: Scene['play'] = async (steps, place) => {
    try {
      await takeAll(steps, place);
    } catch (error) {
      failures.push((error as Error).message);
      throw error;
    }
  };

  /** Takes steps of which one may fail: a refusal is reported, and the scenario does not fail because of it. */
  const attempt = async (steps: readonly Step[], as: string, place: string): Promise<void> => {
    try {
      await takeAll(steps, place);
      taken.push(as);
    } catch (error) {
      tell({ text: `refused: ${oneLine((error as Error).message)}` });
    }
  };

  const scene: Scene = {
    stage,
    executions,
    faults,
    arnOf,
    recordOf: (name) => stage.record(releaseId(arnOf(name))),
    play: playInside,
    tell,
    onEnd: (next) => {
      end = next;
    },
  };
  const acts: Acts = {
    ...releaseActs(scene),
    ...peopleActs(scene),
    ...accountActs(scene),
    ...commandActs(scene),
    ...tableActs(scene),
    ...faultActs(scene),
    attempt: (step, place) => attempt(step.attempt, step.as ?? place, place),
  };
  return { play, state: { executions, faults, taken, told, failures, stop: () => end() } };
};
