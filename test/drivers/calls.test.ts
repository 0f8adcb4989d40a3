/** The laws of a driver's calls: each holds for every driver, in a world that the driver brings. */
import './calls/environment.ts';
import { describe, expect, it } from 'vitest';
import type { DeploymentState } from '../../core/drivers/deployment.ts';
import { DRIVERS, driverOf } from '../../core/drivers/drivers.ts';
import { minutes } from '../../core/text/time.ts';
import { policy } from '../core/fixture.ts';
import { functionWorld, serviceWorld } from './calls/codedeploy.ts';
import { fakeWorld } from './calls/fake.ts';
import { releaseIn } from './calls/release.ts';
import type { CallWorld } from './calls/world.ts';
import { listFake } from './fake.ts';

listFake();

/** What CodeDeploy documents nowhere, the other way. */
const otherwise = {
  ...{ hooksInRollback: true, rollbackInfoDelay: 30, stopWaitsForHook: true },
  listDeployments: 'in-no-order',
} as const;

/** A world for each driver, and for each reading of what its platform does not document. */
const WORLDS: readonly (readonly [string, () => Promise<CallWorld>])[] = [
  ['codedeploy-ecs', () => serviceWorld()],
  ['codedeploy-ecs, read otherwise', () => serviceWorld(otherwise)],
  ['codedeploy-lambda', () => functionWorld()],
  ['codedeploy-lambda, read otherwise', () => functionWorld(otherwise)],
  ['fake', fakeWorld],
];

it('every driver has a world', () => {
  const tried = WORLDS.map(([name]) => name.split(',')[0]);

  expect([...new Set(tried)].toSorted()).toEqual(Object.keys(DRIVERS).toSorted());
});

const open = async (make: () => Promise<CallWorld>) => {
  const world = await make();
  const { registration, from, to } = world;
  const { holds } = driverOf(registration);
  return { world, release: releaseIn(world), holds, from: from.name, to: to.name };
};

type Opened = Awaited<ReturnType<typeof open>>;

/** Takes a release forward to a state. */
const reach = async ({ release, holds }: Opened, state: DeploymentState | 'launched') => {
  await release.launch();
  if (state === 'launched') return;
  await release.until('held-before');
  if (state === 'held-before') return;
  await release.shift();
  if (state === 'shifting') return;
  await release.until('held-after');
  if (state === 'held-after') return;
  await release.commit();
  if (state === 'committed') return;
  if (holds.guard) await release.until('committed');
  await release.observe();
  await release.endGuard();
  await release.until('done');
};

describe.each(WORLDS)('the calls of %s', (_name, make) => {
  describe('launch', () => {
    it('makes one deployment, however often and however many at once', async () => {
      const { world, release } = await open(make);
      const ids = await Promise.all([release.launch(), release.launch()]);
      const again = await release.launch();

      expect(await world.deployments()).toEqual([again]);
      expect(ids).toEqual([again, again]);
    });

    it('whose answer was lost has made the deployment that is found', async () => {
      const { world, release } = await open(make);
      world.loseAnswerOf('launch');
      await expect(release.launch()).rejects.toThrow();
      const { forward } = await release.observe();
      const [made] = await world.deployments();

      expect(forward?.id).toBe(made);
      expect(await release.launch()).toBe(made);
      expect(await world.deployments()).toEqual([made]);
    });

    it('finds a deployment that has ended, and makes no second one', async () => {
      const { world, release } = await open(make);
      await release.launch();
      await release.rollBack();
      const before = await world.deployments();
      await release.launch();

      expect(await world.deployments()).toEqual(before);
    });

    it('is told that the target is busy by what others deploy, and leaves that alone', async () => {
      const { world, release } = await open(make);
      const others = await world.deployForeign();

      expect(await release.launch()).toBeUndefined();
      expect(await world.deployments()).toEqual([others]);
      expect((await release.observe()).foreign).toBe(others);
    });
  });

  describe('others', () => {
    it('are seen as foreign while they deploy; the own deployment never is', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      const { registration, driver } = world;
      const { release: name } = release.record();
      await reach(opened, 'held-before');
      const own = [await driver.findForeign(registration, name), (await release.observe()).foreign];
      const ofOthers = await driver.findForeign(registration, 'another');

      expect(own).toEqual([undefined, undefined]);
      expect(ofOthers).toBe(release.target().forward);
    });

    it('who deploy after the release are found by when they began', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      const { registration, driver } = world;
      await reach(opened, 'done');
      const { times } = release.record();
      const found = () => driver.findAfter(registration, release.target().forward!, times.started);
      const before = await found();
      await world.pass(30);
      const others = await world.deployForeign();

      expect(before).toBeUndefined();
      expect(await found()).toBe(others);
    });
  });

  describe('holds', () => {
    it('keep every user on blue until the shift, and then let traffic follow the curve', async () => {
      const opened = await open(make);
      const { world, release, from, to } = opened;
      await reach(opened, 'held-before');
      await world.pass(600);
      const before = world.traffic();
      await release.shift();
      await world.pass(30);
      const first = world.traffic();
      const { holds } = (await release.until('held-after')).forward!;

      expect(before).toEqual({ [from]: 100 });
      expect(first[to]).toBeCloseTo(10, 6);
      expect(world.traffic()[to]).toBe(100);
      expect(holds.barrier).toMatchObject({ open: true, since: expect.any(Number) });
      expect(Math.abs(holds.barrier!.since! - world.now())).toBeLessThan(minutes(2));
    });

    it('are lifted once: a second word changes nothing', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-before');
      const first = await release.shift();
      await release.observe();
      const before = world.traffic();
      const again = await release.shift();

      expect([first, again]).toEqual(['goes-on', 'goes-on']);
      expect(world.traffic()).toEqual(before);
    });

    it('that had ended before the call are reported as ended', async () => {
      const opened = await open(make);
      const { world, release, from } = opened;
      await reach(opened, 'held-before');
      await world.driver.stop(release.target().forward!);
      await world.pass(3900);

      expect(await release.shift()).toBe('ended');
      expect(world.traffic()).toEqual({ [from]: 100 });
    });

    it('lead back to blue in silence before the answer', async () => {
      const opened = await open(make);
      const { world, release, holds, from } = opened;
      await reach(opened, 'held-after');
      await world.pass(holds.barrier.lifetime(policy()) / 1000 + 60);
      await release.rollBack();

      expect(world.traffic()).toEqual({ [from]: 100 });
    });

    it('lead to green in silence after it', async () => {
      const opened = await open(make);
      const { world, release, to } = opened;
      await reach(opened, 'committed');
      await release.until('done');

      expect(world.traffic()).toEqual({ [to]: 100 });
    });
  });

  describe('an answer', () => {
    it('given twice is one answer, and another one does not turn it around', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-after');
      const { driver } = world;
      const hook = release.barrier();
      const first = await driver.answer(hook, 'Succeeded');
      const writes = world.writes();
      const more = [await driver.answer(hook, 'Succeeded'), await driver.answer(hook, 'Failed')];

      expect([first, ...more]).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
      await release.until('done');
      expect(world.traffic()).toEqual({ [world.to.name]: 100 });
      expect(writes).toBeGreaterThan(0);
    });

    it('that was lost on its way back is read', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-after');
      const hook = release.barrier();
      world.loseAnswerOf('answer');

      await expect(world.driver.answer(hook, 'Succeeded')).rejects.toThrow();
      expect(await world.driver.answer(hook, 'Succeeded')).toBe('Succeeded');
    });

    it('that comes too late tells what the platform holds', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-after');
      const hook = release.barrier();
      await world.driver.answer(hook, 'Failed');

      expect(await world.driver.answer(hook, 'Succeeded')).toBe('Failed');
    });
  });

  describe('the guard', () => {
    it('is ended by a word that may come again', async () => {
      const opened = await open(make);
      const { world, release, to } = opened;
      await reach(opened, 'done');
      await world.driver.endGuard(release.target());

      expect(world.traffic()).toEqual({ [to]: 100 });
      expect((await release.observe()).forward?.state).toBe('done');
    });
  });

  describe('a rollback', () => {
    it.each(['launched', 'held-before', 'shifting', 'held-after', 'committed', 'done'] as const)(
      'brings users back from %s',
      async (state) => {
        const opened = await open(make);
        const { world, release, from } = opened;
        await reach(opened, state);
        const steps = await release.rollBack();
        const { live, share, forward, back } = await release.observe();

        expect(steps.at(-1)).toBe('nothing');
        expect(world.traffic()).toEqual({ [from]: 100 });
        expect([live, share]).toEqual([from, 0]);
        const ended = ['done', 'rolled-back', 'lost', undefined];
        expect(ended).toEqual(expect.arrayContaining([forward?.state, back?.state]));
      },
    );

    it('whose stop was answered by nobody stops once', async () => {
      const opened = await open(make);
      const { world, release, from } = opened;
      await reach(opened, 'shifting');
      const forward = release.target().forward!;
      world.loseAnswerOf('stop');
      await expect(world.driver.stop(forward)).rejects.toThrow();
      await world.driver.stop(forward);
      await release.rollBack();

      expect(world.traffic()).toEqual({ [from]: 100 });
    });

    it('by a deployment of its own is one deployment for each attempt', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'done');
      const { driver } = world;
      const before = await world.deployments();
      const order = () => driver.redeploy(release.record(), release.target(), 1);
      const became = [await order(), await order()];

      expect(became[0]).toEqual(became[1]);
      expect(await world.deployments()).toHaveLength(before.length + 1);
    });

    it('without a deployment is there only where the driver says so, and may come again', async () => {
      const opened = await open(make);
      const { world, release, holds, from } = opened;
      await reach(opened, 'done');
      const restore = () => world.driver.restore(release.target());
      if (!holds.restorable) {
        await expect(restore()).rejects.toThrow(TypeError);
        return;
      }
      await restore();
      await restore();

      expect(world.traffic()).toEqual({ [from]: 100 });
    });

    it('of what was never launched changes nothing', async () => {
      const { world, release } = await open(make);

      expect(await release.rollBack()).toEqual(['nothing']);
      expect(await world.deployments()).toEqual([]);
      expect(world.writes()).toBe(release.writesBefore);
    });
  });

  describe('what is read', () => {
    it('of a deployment that was stopped is that it is lost, and by what', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-before');
      await world.driver.stop(release.target().forward!);
      await world.pass(3900);
      const { forward } = await release.observe();

      expect(['lost', 'rolled-back']).toContain(forward?.state);
      expect(forward?.lost?.by).toBe('stop');
    });

    it('of one whose hook failed is that it is lost', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      await reach(opened, 'held-after');
      await world.driver.answer(release.barrier(), 'Failed');
      await world.pass(120);
      const { forward } = await release.observe();

      expect(['lost', 'rolled-back']).toContain(forward?.state);
      expect(forward?.lost?.by).toBe('failure');
    });

    it('changes nothing, and is the same where the world is', async () => {
      const opened = await open(make);
      const { world, release } = opened;
      for (const state of ['held-before', 'held-after'] as const) {
        const again = await open(make);
        await reach(again, state);
        const writes = again.world.writes();
        const readings = [await again.release.observe(), await again.release.observe()];

        expect(readings[0]).toEqual(readings[1]);
        expect(again.world.writes()).toBe(writes);
      }
      expect((await release.observe()).forward).toBeUndefined();
      expect(world.traffic()).toEqual({ [opened.from]: 100 });
    });
  });
});
