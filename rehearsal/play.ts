/** Plays the steps of a scenario on a stage. */
import { accountActs } from './acts/account.ts';
import { commandActs } from './acts/commands.ts';
import { faultActs } from './acts/faults.ts';
import { peopleActs } from './acts/people.ts';
import { releaseActs } from './acts/releases.ts';
import { type Acts, releaseId, type Scene } from './acts/scene.ts';
import { tableActs } from './acts/table.ts';
import type { Step } from './scenario-steps.ts';
import type { Stage } from './stage.ts';

/** What has happened in a scenario so far. */
export interface Play extends Pick<Scene, 'executions' | 'faults'> {
  /** Ends what the steps have left running; gives a sentence for everything that it found wrong. */
  stop(): Promise<readonly string[]>;
}

/** Gives the function that plays steps on a stage, and what they leave behind. */
export const playOn = (stage: Stage): { play: Scene['play']; state: Play } => {
  const executions: Scene['executions'] = new Map();
  const faults: Scene['faults'] = new Map();
  let end = async (): Promise<readonly string[]> => [];

  const arnOf = (name = 'first'): string => {
    const arn = executions.get(name);
    if (!arn) throw new Error(`the scenario has started no release "${name}"`);
    return arn;
  };

  const play = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      // The schema puts the verb first.
      const act = acts[Object.keys(step)[0] ?? ''];
      if (!act) throw new Error(`the scenario has an unknown step: ${JSON.stringify(step)}`);
      await act(step);
    }
  };

  const scene: Scene = {
    stage,
    executions,
    faults,
    arnOf,
    recordOf: (name) => stage.record(releaseId(arnOf(name))),
    play,
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
  };
  return { play, state: { executions, faults, stop: () => end() } };
};
