/** A tiny CodeDeploy: one deployment group, its deployments and its traffic. Time comes from outside. */

import { HOOK_LIFETIME, START } from '../../../core/drivers/codedeploy/events.ts';
import type { ShownDeployment } from '../../../core/drivers/codedeploy/observed.ts';
import type { HookAnswer, WaitName } from '../../../core/drivers/driver.ts';
import type { TargetKind } from '../../../core/drivers/target.ts';
import { minutes, seconds } from '../../../core/text/time.ts';
import {
  type Deployment,
  EVENT_OF,
  type Nature,
  type Order,
  STAGE_OF,
  type Stage,
  shownOf,
  splitOf,
  stepsOf,
} from './deployment.ts';
import { type ViewOf, viewOf } from './views.ts';

const NEVER = Number.POSITIVE_INFINITY;
/** Seconds in which the last blue task ends. */
const FINISHING = 40;

/** Makes a group; `onHook` is called when a deployment waits for a hook. */
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
  const views = new Map<string, ViewOf<ShownDeployment>>();
  let traffic: ReadonlyMap<string, number> = new Map([[live, 100]]);
  const trafficView = viewOf(about.now, seconds(nature.trafficSeconds), () => traffic);
  let returns = 0;

  const changed = (one: Deployment) => {
    views.get(one.id)!.note();
    about.onChange();
  };
  const serve = (next: ReadonlyMap<string, number>) => {
    traffic = next;
    trafficView.note();
  };
  serve(traffic);

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
    changed(one);
  };

  const enter = (one: Deployment, stage: Stage) => {
    const now = about.now();
    one.stage = stage;
    one.since = now;
    one.status = stage === 'ready' ? 'Ready' : 'InProgress';
    const event = EVENT_OF[stage];
    if (event) {
      one.events[event] = { status: 'InProgress', startedAt: now };
      about.onHook(one, event);
    }
    if (stage === 'termination') one.terminationWait = true;
    if (stage === 'shifting') {
      one.stepsLeft = stepsOf(one.curve);
      one.events.AllowTraffic = { status: 'InProgress', startedAt: now };
    }
    if (stage === 'barrier') one.events.AllowTraffic!.status = 'Succeeded';
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
    changed(one);
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
    serve(splitOf(one, percent));
    if (one.stepsLeft.length > 0) {
      one.due = about.now() + one.stepsLeft[0]!.after;
      changed(one);
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
      events: { AllowTraffic: { status: 'Pending' } },
      since: about.now(),
      terminationWait: false,
    };
    deployments.push(one);
    views.set(
      one.id,
      viewOf(about.now, seconds(nature.viewSeconds), () => shownOf(one)),
    );
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
    /** The traffic as it is read. */
    trafficSeen: () => trafficView.read(),
    /** Sets the traffic without a deployment, as UpdateAlias does. */
    setTraffic: (revision: string) => {
      serve(new Map([[revision, 100]]));
      about.onChange();
    },
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
    /** Ends a wait; false where CodeDeploy refuses the word: it does not wait, or not long enough for CodeDeploy to know. */
    goOn: (id: string, wait: WaitName): boolean => {
      const one = find(id);
      const isDeaf = about.now() - one.since < seconds(nature.deafSeconds);
      if (one.stage !== STAGE_OF[wait] || isDeaf) return false;
      enter(one, wait === 'start' ? 'shifting' : 'finishing');
      return true;
    },
    /** Answers a hook once; false where its event has ended. */
    answer: (id: string, event: string, answer: HookAnswer): boolean => {
      const one = find(id);
      const seen = one.events[event];
      if (seen?.status !== 'InProgress') return false;
      seen.status = answer;
      if (one.stopAt < NEVER && nature.stopWaitsForHook) stopNow(one);
      else if (answer === 'Failed') end(one, 'Failed', true);
      else if (event === START) enter(one, 'shifting');
      else enter(one, kind === 'ecs' ? 'termination' : 'finishing');
      return true;
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
    /** The deployment as it is read, which may be a while ago. */
    read: (id: string): ShownDeployment => {
      const { rollbackId, rollbackShownFrom } = find(id);
      const seen = views.get(id)!.read();
      const isShown =
        rollbackId !== undefined &&
        seen.completedAt !== undefined &&
        about.now() >= rollbackShownFrom!;
      return isShown ? { ...seen, rollbackId } : seen;
    },
  };
};
export type Group = ReturnType<typeof groupOf>;
