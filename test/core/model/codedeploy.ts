/** A tiny CodeDeploy: one deployment group, its deployments and its traffic. Time comes from outside. */
import { BARRIER, HOOK_LIFETIME, START } from '../../../core/barrier.ts';
import { minutes, seconds } from '../../../core/moments.ts';
import type { DeploymentObservation } from '../../../core/observation.ts';
import type { TargetKind } from '../../../core/target.ts';
import { type Deployment, type Nature, type Order, type Stage, stepsOf } from './deployment.ts';

const NEVER = Number.POSITIVE_INFINITY;
const EVENT_OF: Partial<Record<Stage, string>> = { start: START, barrier: BARRIER };
/** Seconds in which the last blue task ends. */
const FINISHING = 40;

/** Makes a group; `onHook` is called when a deployment begins to wait for a hook. */
export const groupOf = (
  kind: TargetKind,
  nature: Nature,
  live: string,
  about: {
    readonly now: () => number;
    readonly id: () => string;
    readonly onHook: (deployment: Deployment, event: string) => void;
    readonly onChange: () => void;
  },
) => {
  const deployments: Deployment[] = [];
  let traffic = new Map([[live, 100]]);
  let returns = 0;

  const isActive = ({ stage }: Deployment) => stage !== 'over';
  const goesBack = ({ creator, hooks }: Deployment) =>
    creator === 'codeDeployRollback' || (creator === 'user' && !hooks);
  const primary = () => [...traffic].toSorted(([, a], [, b]) => b - a)[0]![0];

  const end = (one: Deployment, status: string, rollsBack: boolean) => {
    const installed = kind === 'lambda' || one.stage !== 'installing';
    Object.assign(one, { status, stage: 'over', due: NEVER, failAt: NEVER, stopAt: NEVER });
    one.completedAt = about.now();
    for (const event of Object.values(one.events)) {
      if (event.status === 'InProgress') event.status = status;
    }
    if (status !== 'Succeeded' && rollsBack && installed && !goesBack(one)) {
      const wanted = kind === 'lambda' ? (nature.lastSuccessful ?? one.base) : one.base;
      one.rollbackId = create({
        creator: 'codeDeployRollback',
        undoes: one.id,
        wanted,
        hooks: false,
        curve: { type: 'all-at-once' },
      })!;
      one.rollbackShownFrom = about.now() + seconds(nature.rollbackInfoSeconds);
    }
    about.onChange();
  };

  const enter = (one: Deployment, stage: Stage) => {
    const now = about.now();
    one.stage = stage;
    one.status = stage === 'ready' ? 'Ready' : 'InProgress';
    const event = EVENT_OF[stage];
    if (event) {
      one.events[event] = { status: 'InProgress', startedAt: now };
      about.onHook(one, event);
    }
    if (stage === 'termination') one.terminationWait = true;
    if (stage === 'shifting') one.stepsLeft = stepsOf(one.curve);
    const durations: Partial<Record<Stage, number>> = {
      installing: seconds(nature.installSeconds),
      ready: minutes(nature.readyMinutes),
      start: HOOK_LIFETIME,
      shifting: 0,
      barrier: HOOK_LIFETIME,
      termination: minutes(nature.terminationMinutes),
      finishing: seconds(kind === 'ecs' ? FINISHING : 0),
    };
    const forward = one.creator === 'user' && one.hooks;
    one.due = forward && nature.hangs === stage ? NEVER : now + durations[stage]!;
    if (forward && nature.fails?.stage === stage) one.failAt = now + seconds(nature.fails.seconds);
    about.onChange();
  };

  const afterInstall = (one: Deployment): void => {
    const isMoved = traffic.size > 1 || !traffic.has(one.base);
    if (one.creator !== 'user') enter(one, 'shifting');
    else if (kind === 'ecs') enter(one, 'ready');
    else if (isMoved) end(one, 'Failed', true);
    else enter(one, one.hooks ? 'start' : 'shifting');
  };

  const shift = (one: Deployment): void => {
    if (goesBack(one) && returns < nature.failingReturns) {
      returns += 1;
      end(one, 'Failed', false);
      return;
    }
    const { percent } = one.stepsLeft.shift()!;
    traffic = new Map(
      [[one.wanted, percent] as const, [one.base, 100 - percent] as const].filter(([, p]) => p > 0),
    );
    if (one.stepsLeft.length > 0) {
      one.due = about.now() + one.stepsLeft[0]!.after;
      about.onChange();
    } else if (one.hooks) enter(one, 'barrier');
    else enter(one, kind === 'ecs' && one.creator === 'user' ? 'termination' : 'finishing');
  };

  const onDue: Record<Exclude<Stage, 'over'>, (one: Deployment) => void> = {
    installing: afterInstall,
    ready: (one) => end(one, 'Stopped', false),
    start: (one) => end(one, 'Failed', true),
    shifting: shift,
    barrier: (one) => end(one, 'Failed', true),
    termination: (one) => enter(one, 'finishing'),
    finishing: (one) => end(one, 'Succeeded', false),
  };

  const create = (order: Order): string | undefined => {
    if (deployments.some(isActive)) return undefined;
    const one: Deployment = {
      id: about.id(),
      description: order.description,
      creator: order.creator ?? 'user',
      undoes: order.undoes,
      wanted: order.wanted,
      base: primary(),
      hooks: order.hooks,
      curve: order.curve,
      status: 'Created',
      stage: 'installing',
      due: NEVER,
      failAt: NEVER,
      stopAt: NEVER,
      stopRollsBack: true,
      stepsLeft: [],
      events: {},
      terminationWait: false,
    };
    deployments.push(one);
    enter(one, 'installing');
    return one.id;
  };

  const stopNow = (one: Deployment) => end(one, 'Stopped', one.stopRollsBack);
  const find = (id: string) => deployments.find((one) => one.id === id)!;

  return {
    deployments,
    create,
    find,
    traffic: () => traffic,
    /** Sets the traffic without a deployment, as UpdateAlias does. */
    setTraffic: (revision: string) => {
      traffic = new Map([[revision, 100]]);
      about.onChange();
    },
    isBusy: () => deployments.some(isActive),
    stop: (id: string, rollsBack = true) => {
      const one = find(id);
      if (!isActive(one) || one.stage === 'finishing') return;
      one.stopRollsBack = rollsBack;
      const holdsHook = nature.stopWaitsForHook && EVENT_OF[one.stage] !== undefined;
      one.stopAt = Math.min(
        one.stopAt,
        holdsHook ? one.due : about.now() + seconds(nature.stopSeconds),
      );
      if (one.stopAt <= about.now()) stopNow(one);
    },
    /** Ends a wait; a deployment that does not wait so is left alone. */
    goOn: (id: string, stage: 'ready' | 'termination') => {
      const one = find(id);
      if (one.stage === stage) enter(one, stage === 'ready' ? 'shifting' : 'finishing');
    },
    /** Answers a hook once; gives what the event holds now. */
    answer: (id: string, event: string, answer: 'Succeeded' | 'Failed'): 'Succeeded' | 'Failed' => {
      const one = find(id);
      const seen = one.events[event];
      if (seen?.status !== 'InProgress')
        return seen?.status === 'Succeeded' ? 'Succeeded' : 'Failed';
      seen.status = answer;
      if (one.stopAt < NEVER && nature.stopWaitsForHook) stopNow(one);
      else if (answer === 'Failed') end(one, 'Failed', true);
      else if (event === START) enter(one, 'shifting');
      else enter(one, kind === 'ecs' ? 'termination' : 'finishing');
      return answer;
    },
    /** When something happens by itself next: milliseconds. */
    next: () =>
      Math.min(
        NEVER,
        ...deployments
          .filter(isActive)
          .map(({ due, failAt, stopAt }) => Math.min(due, failAt, stopAt)),
      ),
    /** Lets everything happen that is due now. */
    happen: () => {
      const now = about.now();
      for (const one of deployments.filter(isActive)) {
        if (one.stopAt <= now) stopNow(one);
        else if (one.failAt <= now) end(one, 'Failed', true);
        else if (one.due <= now) onDue[one.stage as Exclude<Stage, 'over'>](one);
      }
    },
    read: (id: string): DeploymentObservation => {
      const one = find(id);
      const shown = one.rollbackId !== undefined && about.now() >= one.rollbackShownFrom!;
      return {
        id,
        status: one.status,
        events: structuredClone(one.events),
        terminationWait: one.terminationWait,
        ...(shown ? { rollbackId: one.rollbackId! } : {}),
        ...(one.completedAt === undefined ? {} : { completedAt: one.completedAt }),
      };
    },
  };
};
export type Group = ReturnType<typeof groupOf>;
