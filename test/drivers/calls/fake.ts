/** A driver in memory with its world: its deployments roll back by themselves, under their own id. */
import type { DeploymentState } from '../../../core/drivers/deployment.ts';
import { driverOf } from '../../../core/drivers/drivers.ts';
import { hookOf } from '../../../core/record/record.ts';
import { seconds, toMoment } from '../../../core/text/time.ts';
import type { TargetDriver } from '../../../handlers/drivers/driver.ts';
import { policy } from '../../core/fixture.ts';
import { fakeTarget } from '../fake.ts';
import type { CallWorld, Losable } from './world.ts';

interface Run {
  readonly id: string;
  /** Whose it is: the release, the way and the attempt. */
  readonly marker: string;
  readonly to: string;
  readonly hasHooks: boolean;
  state: DeploymentState;
  since: number;
  lost?: 'stop' | 'failure';
  endedAt?: number;
  startedAt: number;
  readonly holds: { start?: number; barrier?: number };
}

const OVER: readonly DeploymentState[] = ['done', 'rolled-back', 'lost'];
const COMES_UP = seconds(30);
const SHIFTS = seconds(300);
const ROLLS_BACK = seconds(20);

/** A world of the fake. */
export const fakeWorld = async (): Promise<CallWorld> => {
  const registration = fakeTarget();
  const { holds } = driverOf(registration);
  const from = { name: 'stall:1', ref: 'stall:1' };
  const to = { name: 'stall:2', ref: 'stall:2' };
  const runs: Run[] = [];
  const losing = new Set<Losable>();
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  let live = from.name;
  let share = 0;
  let writes = 0;

  const start = holds.start as { event: string };
  const { event } = holds.barrier;
  const waits = policy();

  const enter = (run: Run, state: DeploymentState) => {
    Object.assign(run, { state, since: now });
    if (OVER.includes(state)) run.endedAt = now;
    if (state === 'held-before') run.holds.start = now;
    if (state === 'held-after') run.holds.barrier = now;
    if (state === 'shifting') share = run.hasHooks ? 10 : 100;
    if (state === 'held-after') share = 100;
    if (state === 'rolling-back') share = 0;
    if (state !== 'done') return;
    live = run.to;
    share = 0;
  };

  /** What each state becomes by itself, and after how long. */
  const NEXT: Partial<Record<DeploymentState, (run: Run) => readonly [number, DeploymentState]>> = {
    'coming-up': (run) => [COMES_UP, run.hasHooks ? 'held-before' : 'shifting'],
    'held-before': () => [holds.start.lifetime(waits), 'rolling-back'],
    shifting: (run) => (run.hasHooks ? [SHIFTS, 'held-after'] : [0, 'done']),
    'held-after': () => [holds.barrier.lifetime(waits), 'rolling-back'],
    committed: () => [holds.guard!.lifetime(waits), 'done'],
    'rolling-back': () => [ROLLS_BACK, 'rolled-back'],
  };

  const active = () => runs.find(({ state }) => !OVER.includes(state));

  const pass = async (count: number) => {
    const end = now + seconds(count);
    while (now < end) {
      now += seconds(1);
      const run = active();
      const [after, state] = (run && NEXT[run.state]?.(run)) ?? [Number.POSITIVE_INFINITY, 'lost'];
      if (run && now - run.since >= after) enter(run, state as DeploymentState);
    }
  };

  const lose = (call: Losable) => {
    if (losing.delete(call)) throw new Error('lost');
  };

  const make = (marker: string, wanted: string, hasHooks: boolean): Run | undefined => {
    const known = runs.find((one) => one.marker === marker);
    if (known || active()) return known;
    writes += 1;
    const id = `run-${runs.length + 1}`;
    const run: Run = {
      ...{ id, marker, to: wanted, hasHooks, state: 'coming-up', since: now },
      ...{ startedAt: now, holds: {} },
    };
    runs.push(run);
    return run;
  };

  const deploy = (marker: string, wanted: string, hasHooks: boolean) => {
    const run = make(marker, wanted, hasHooks);
    lose('launch');
    return run ? { id: run.id } : { busy: true as const };
  };

  const find = (id: string | undefined) => runs.find((one) => one.id === id);
  const foreignTo = (release: string) => {
    const run = active();
    return run && !run.marker.startsWith(`${release} `) ? run.id : undefined;
  };

  const seen = (id: string | undefined) => {
    const run = find(id);
    if (!run) return undefined;
    const hold = (since: number | undefined, state: DeploymentState) =>
      since === undefined ? undefined : { open: run.state === state, since };
    const [atStart, atBarrier] = [
      hold(run.holds.start, 'held-before'),
      hold(run.holds.barrier, 'held-after'),
    ];
    return {
      ...{ id: run.id, state: run.state, status: run.state },
      holds: {
        ...(atStart ? { start: atStart } : {}),
        ...(atBarrier ? { barrier: atBarrier } : {}),
      },
      ...(run.lost ? { lost: { by: run.lost } } : {}),
      ...(run.endedAt === undefined ? {} : { completedAt: run.endedAt }),
    };
  };

  const driver: TargetDriver = {
    prepare: async () => ({ from, to }),
    launch: async ({ release }, target) => deploy(`${release} forward`, target.to!.name, true),
    shift: async (record, { forward }) => {
      const hook = hookOf(record, forward, start.event);
      return hook && (await driver.answer(hook, 'Succeeded')) === 'Succeeded' ? 'goes-on' : 'ended';
    },
    observe: async ({ release }, { forward: known, launching, back: ours }) => {
      const made = launching
        ? runs.find(({ marker }) => marker === `${release} forward`)
        : undefined;
      const forward = seen(known ?? made?.id);
      const back = seen(ours.at(-1));
      const foreign = foreignTo(release);
      const moving = active()?.to ?? to.name;
      return {
        live: share === 0 ? live : share === 100 ? moving : 'mixed',
        share: live === to.name && share === 0 ? 100 : moving === to.name ? share : 0,
        ...(forward ? { forward } : {}),
        ...(back ? { back } : {}),
        ...(foreign ? { foreign } : {}),
      };
    },
    endGuard: async ({ forward }) => void (forward && (await driver.endWait(forward, 'guard'))),
    redeploy: async ({ release }, { from: wanted }, attempt) =>
      deploy(`${release} back ${attempt}`, wanted!.name, false),
    restore: async (target) => {
      writes += 1;
      live = target.from!.name;
      share = 0;
    },
    answer: async ({ deploymentId, event: of }, answer) => {
      const run = find(deploymentId)!;
      const isStart = of === start.event;
      const waiting = run.state === (isStart ? 'held-before' : 'held-after');
      if (waiting) {
        writes += 1;
        const goesOn = isStart ? 'shifting' : 'committed';
        if (answer === 'Failed') run.lost = 'failure';
        enter(run, answer === 'Succeeded' ? goesOn : 'rolling-back');
      }
      lose('answer');
      const isLost = run.state === 'rolling-back' || run.state === 'rolled-back';
      return isLost ? 'Failed' : 'Succeeded';
    },
    endWait: async (id, wait) => {
      const run = find(id)!;
      if (OVER.includes(run.state)) return run.state === 'done' ? 'goes-on' : 'ended';
      if (wait === 'guard' && run.state === 'committed') {
        writes += 1;
        enter(run, 'done');
      }
      return 'goes-on';
    },
    stop: async (id) => {
      const run = find(id)!;
      if (!OVER.includes(run.state) && run.state !== 'rolling-back') {
        writes += 1;
        run.lost = 'stop';
        enter(run, 'rolling-back');
      }
      lose('stop');
    },
    findForeign: async (_target, release) => foreignTo(release),
    findAfter: async (_target, id) => {
      const own = find(id)!;
      return runs.find(({ startedAt }) => startedAt > own.startedAt)?.id;
    },
    attempts: { read: [], answer: [], endWait: [], stop: [] },
  };

  return {
    ...{ driver, registration, from, to, pass },
    now: () => now,
    traffic: () => {
      const moving = active()?.to ?? to.name;
      return { [live]: 100 - share, ...(share > 0 ? { [moving]: share } : {}) };
    },
    deployments: async () => runs.map(({ id }) => id),
    held: () =>
      runs.flatMap(({ id, holds: { start: before, barrier } }) => [
        ...(before === undefined ? [] : [heldBy(id, start.event, before)]),
        ...(barrier === undefined ? [] : [heldBy(id, event, barrier)]),
      ]),
    deployForeign: async () => make('others', 'stall:3', false)!.id,
    loseAnswerOf: (call) => void losing.add(call),
    writes: () => writes,
  };
};

const heldBy = (deploymentId: string, event: string, at: number) => ({
  ...{ deploymentId, event, executionId: `${deploymentId} ${event}` },
  at: toMoment(at),
});
