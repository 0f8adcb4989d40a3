/** What people, alarms and others may do while a release is under way. */
import type { Step } from '../rehearsal/scenario/steps.ts';
import type { Draw } from './draw.ts';

/** One kind of act. */
export interface ActKind {
  readonly name: string;
  /** Whether it may happen between two calls, where no time passes. */
  readonly atCalls: boolean;
  readonly drawn: (draw: Draw) => readonly Step[];
}

const act = (name: string, drawn: ActKind['drawn'], atCalls = true): ActKind => ({
  name,
  atCalls,
  drawn,
});

const side = (draw: Draw): string => draw.among(['web', 'api']);

const ALARMS = ['web-green-errors', 'web-blue-errors', 'api-green-errors', 'api-blue-errors'];

/** A version that is neither the one that the release found nor the one that it brings. */
const THIRD = { call: 'lambda.PublishVersion', input: { FunctionName: 'storefront-api' } };

/** All acts, in an order that stays the same. */
export const ACTS: readonly ActKind[] = [
  act('an alarm turns red', (draw) => [
    { alarm: draw.among(ALARMS), state: 'ALARM', minutes: draw.among([0.5, 1, 3, 15]) },
  ]),
  act('a person aborts', () => [{ command: 'abort' }]),
  act('a person promotes early', () => [{ command: 'promote' }]),
  act('a person holds', () => [{ command: 'hold' }]),
  act(
    'a person holds, and resumes',
    (draw) => [{ command: 'hold' }, { minutes: draw.whole(1, 12) }, { command: 'resume' }],
    false,
  ),
  act('a person stops the execution', () => [{ stopExecution: 'first' }]),
  act(
    'a person stops the execution, and redrives it',
    (draw) => [
      { stopExecution: 'first' },
      { minutes: draw.among([0.1, 1, 6]) },
      { redriveExecution: 'first' },
    ],
    false,
  ),
  act('a person stops the rollback', () => [{ stopRollback: 'first' }]),
  act('a person stops a deployment', (draw) => [
    { stopDeployment: side(draw), autoRollback: draw.chance(0.7) },
  ]),
  act('a person ends the wait at READY', () => [{ continueDeployment: 'web', wait: 'READY_WAIT' }]),
  act('a person ends the wait that keeps blue', () => [
    { continueDeployment: 'web', wait: 'TERMINATION_WAIT' },
  ]),
  act('somebody answers a hook', (draw) => [
    {
      answerHook: side(draw),
      event: 'AfterAllowTraffic',
      status: draw.among(['Succeeded', 'Failed']),
    },
  ]),
  act('others deploy', (draw) => [{ foreignDeployment: side(draw) }]),
  act('others point the alias at the old version', () => [{ moveAlias: '1' }]),
  act(
    'others point the alias at a third version',
    () => [{ update: '2.2.0' }, THIRD, { moveAlias: '3' }],
    false,
  ),
  act(
    'others deploy a third version',
    () => [{ update: '2.2.0' }, { foreignDeployment: 'api' }],
    false,
  ),
];

/** The act of this name. Throws where there is none. */
export const actOf = (name: string): ActKind => {
  const found = ACTS.find((one) => one.name === name);
  if (!found) throw new Error(`There is no act "${name}"`);
  return found;
};
