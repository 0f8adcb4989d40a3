/** What CodeDeploy shows of a deployment, and what the protocol makes of it. */
import type { DeploymentObservation, DeploymentState, SeenHold } from '../deployment.ts';
import type { Hold, Holds } from '../driver.ts';

/** A deployment as CodeDeploy shows it. A Tandem that knew no other driver kept readings in this form. */
export interface ShownDeployment {
  readonly id: string;
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string };
  /** Status and start of each lifecycle event. */
  readonly events: Readonly<
    Record<string, { readonly status: string; readonly startedAt?: number }>
  >;
  /** The wait before blue is ended has begun. */
  readonly terminationWait: boolean;
  /** The deployment with which CodeDeploy itself rolls back. */
  readonly rollbackId?: string;
  /** Milliseconds since 1970. */
  readonly completedAt?: number;
}

/** The event in which traffic moves. */
const MOVING = 'AllowTraffic';

/** What the statuses mean that are no steps of the way. */
const STATES: Readonly<Record<string, DeploymentState>> = {
  Succeeded: 'done',
  Failed: 'lost',
  Stopped: 'lost',
  Ready: 'held-before',
};

/** Error codes that say more than "failed" (DeploymentInfo.errorInformation.code). */
const lostBy = ({ status, error }: ShownDeployment): 'alarm' | 'timeout' | 'stop' | 'failure' => {
  if (error?.code === 'ALARM_ACTIVE') return 'alarm';
  if (status === 'Failed') return 'failure';
  return error?.code === 'TIMEOUT' ? 'timeout' : 'stop';
};

const seenHold = (shown: ShownDeployment, hold: Hold): SeenHold | undefined => {
  const event = hold.by === 'hook' ? shown.events[hold.event] : undefined;
  if (event === undefined || event.status === 'Pending') return undefined;
  return {
    open: event.status === 'InProgress',
    ...(event.startedAt === undefined ? {} : { since: event.startedAt }),
  };
};

type SeenHolds = DeploymentObservation['holds'];

/** A step of the way, by the events: CodeDeploy calls all of them InProgress. A status that is unknown is one of them. */
const onTheWay = (shown: ShownDeployment, { start, barrier }: SeenHolds): DeploymentState => {
  if (shown.terminationWait) return 'committed';
  if (barrier?.open) return 'held-after';
  if (['InProgress', 'Succeeded'].includes(shown.events[MOVING]?.status ?? '')) return 'shifting';
  return start?.open ? 'held-before' : 'coming-up';
};

/** What is read of a deployment, in the words of the protocol. */
export const observedOf = (
  shown: ShownDeployment,
  { start, barrier }: Pick<Holds, 'start' | 'barrier'>,
): DeploymentObservation => {
  const { id, status, error, rollbackId, completedAt } = shown;
  const [atStart, atBarrier] = [seenHold(shown, start), seenHold(shown, barrier)];
  const holds: SeenHolds = {
    ...(atStart ? { start: atStart } : {}),
    ...(atBarrier ? { barrier: atBarrier } : {}),
  };
  const state = STATES[status] ?? onTheWay(shown, holds);
  const says = error && `${error.code}: ${error.message}`;
  return {
    id,
    state,
    status,
    ...(state === 'lost' ? { lost: { by: lostBy(shown), ...(says ? { says } : {}) } } : {}),
    holds,
    ...(shown.events[MOVING]?.status === 'Pending' ? { unmoved: true } : {}),
    ...(rollbackId === undefined ? {} : { rollbackId }),
    ...(completedAt === undefined ? {} : { completedAt }),
  };
};
