/** The laws of a driver's data and rules: the next driver is right when it passes them with a world of its own. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationOf, predefinedCurves } from '../../core/drivers/curves.ts';
import type { Dimensions } from '../../core/drivers/driver.ts';
import { DRIVERS, driverOf } from '../../core/drivers/drivers.ts';
import { PRINTED } from '../../core/drivers/shell.ts';
import { Curve, curveKey } from '../../core/release/curve.ts';
import { Policy } from '../../core/release/policy.ts';
import { minutes } from '../../core/text/time.ts';
import { shellWords } from '../../rehearsal/scenario/person/shell-words.ts';
import { policy } from '../core/fixture.ts';
import { listFake } from './fake.ts';
import { WORLDS } from './worlds.ts';

listFake();

const NAMES = Object.keys(WORLDS) as (keyof typeof DRIVERS)[];

const curves: fc.Arbitrary<Curve> = fc.oneof(
  fc.constant<Curve>({ type: 'all-at-once' }),
  fc.record({
    type: fc.constantFrom('canary', 'linear'),
    percent: fc.integer({ min: 1, max: 99 }),
    minutes: fc.integer({ min: 1, max: 2880 }),
  }) as fc.Arbitrary<Curve>,
);

/** Policies by what holds depend on, up to the limits of the schema. */
const policies: fc.Arbitrary<Policy> = fc
  .record({
    approvalMinutes: fc.integer({ min: 1, max: 7200 }),
    guardMinutes: fc.integer({ min: 0, max: 1440 }),
    bakeMinutes: fc.integer({ min: 0, max: 40 }),
  })
  .filter((change) => Policy.safeParse({ ...policy(), ...change }).success)
  .map(policy);

/** Minutes between the end of a bake and the end of its hold that figures and the answer take. */
const AFTER_THE_BAKE = 10;

/** A command of a line: all of it, or what is behind the colon of a condition. */
const commandOf = (line: string): string =>
  /^(?:Repeat until it prints [^:]+|If [^:]+): (.*)$/s.exec(line)?.[1] ?? line;

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
};

it('every driver has a world that it is tried in', () => {
  expect(NAMES.toSorted()).toEqual(Object.keys(DRIVERS).toSorted());
});

it('of two drivers the one whose blue is kept after the answer commits first', () => {
  const drivers = Object.values(DRIVERS);
  const kept = drivers.filter(({ holds }) => holds.guard !== undefined);
  const final = drivers.filter(({ holds }) => holds.guard === undefined);
  const ranks = (some: typeof drivers) => some.map(({ commitRank }) => commitRank);

  expect(Math.max(...ranks(kept))).toBeLessThan(Math.min(...ranks(final)));
});

it('no two drivers share a deployment configuration', () => {
  const predefined = Object.values(DRIVERS).flatMap((driver) => Object.values(driver.curves));
  expect(new Set(predefined).size).toBe(predefined.length);

  fc.assert(
    fc.property(curves, (curve) => {
      const names = NAMES.map((name) => configurationOf(name, curve).name);
      expect(new Set(names).size).toBe(NAMES.length);
    }),
  );
});

describe.each(NAMES)('the driver %s', (name) => {
  const world = frozen(WORLDS[name]!);
  const { registration } = world;
  const driver = driverOf(registration);
  const { holds, commands } = driver;

  describe('identity', () => {
    it('is listed by the name that its registrations give', () => {
      expect(DRIVERS[name]).toBe(driver);
      expect(driver.name).toBe(name);
    });

    it.each(world.places)('tells green from blue wherever they are (%#)', (target) => {
      const sides = [target.to!, target.from!].map((one) => driver.sideOf(target, one));

      expect(sides).not.toContain(undefined);
      expect(sides[0]).not.toEqual(sides[1]);
    });

    it.each(world.places)('calls nothing a side that was not read (%#)', (target) => {
      const { groups: _groups, ...unread } = target;
      const sides = [target.to!, target.from!].map((one) => driver.sideOf(unread, one));

      if (target.groups) expect(sides).toEqual([undefined, undefined]);
      expect(driver.sideOf(target, { name: 'strange', ref: 'strange' })).not.toEqual(
        driver.sideOf(target, target.to!),
      );
    });
  });

  describe('holds', () => {
    it('lead back to blue in silence before the answer, and to green after it', () => {
      expect([holds.start.silence, holds.barrier.silence]).toEqual(['rollback', 'rollback']);
      expect(holds.guard?.silence ?? 'promote').toBe('promote');
    });

    it('last as long as any policy needs them', () => {
      fc.assert(
        fc.property(policies, (any) => {
          const { start, barrier, guard } = holds;
          if (start.by === 'wait')
            expect(start.lifetime(any)).toBeGreaterThan(minutes(any.approvalMinutes));
          expect(barrier.lifetime(any)).toBeGreaterThanOrEqual(
            minutes(any.bakeMinutes + AFTER_THE_BAKE),
          );
          if (guard) expect(guard.lifetime(any)).toBeGreaterThan(minutes(any.guardMinutes));
        }),
      );
    });

    it('of two hooks are two events', () => {
      const { start, barrier } = holds;
      if (start.by === 'hook') expect(start.event).not.toBe(barrier.event);
    });
  });

  describe('curves', () => {
    it('have a configuration each', () => {
      fc.assert(
        fc.property(curves, curves, (a, b) => {
          const [one, other] = [a, b].map((curve) => configurationOf(name, curve).name);
          expect(one === other).toBe(curveKey(a) === curveKey(b));
        }),
      );
    });

    it('are predefined for a rollback, which moves all at once', () => {
      expect(configurationOf(name, { type: 'all-at-once' }).predefined).toBe(true);
    });

    it('that are predefined are curves that a release may have', () => {
      const found = predefinedCurves([name]).map((curve) => curveKey(Curve.parse(curve)));

      expect([...found, 'all-at-once'].toSorted()).toEqual(Object.keys(driver.curves).toSorted());
    });
  });

  describe('measures', () => {
    const known = driver.dimensionsOf(registration);
    const isKnown = (dimensions: Dimensions) =>
      Object.entries(dimensions).every(([key, value]) => known[key]?.includes(value) ?? true);

    it.each(world.places)('of a side are those of a part of the whole (%#)', (target) => {
      const parts = driver.partsOf(registration);
      const sides = [target.to!, target.from!].map((one) => driver.sideOf(target, one)!);

      for (const side of sides)
        expect(
          parts.some((part) => Object.keys(part).every((key) => part[key] === side[key])),
        ).toBe(true);
      expect([...parts, ...sides].every(isKnown)).toBe(true);
    });

    it('count nothing twice', () => {
      const { requests, errors, answered, failedByBalancer, latency } = driver.metrics;
      const counted = [requests, ...errors, ...answered, failedByBalancer ?? [], latency].flat();

      expect(new Set(counted).size).toBe(counted.length);
      expect(driver.metrics.latencyUnit).toBeGreaterThan(0);
    });

    it('of alarms that follow a version are of one side each', () => {
      const { blue, green } = driver.versionAlarmsOf(registration);

      expect(blue.filter((alarm) => green.includes(alarm))).toEqual([]);
    });
  });

  describe('revisions', () => {
    it.each([
      ...world.takes.map((wanted) => [wanted, false] as const),
      ...world.takesBack.map((wanted) => [wanted, true] as const),
    ])('takes %j, rolling back: %s', (wanted, isBack) => {
      expect(driver.wrongWith(registration, wanted, isBack)).toEqual([]);
    });

    it.each([
      ...world.refuses.map((wanted) => [wanted, false] as const),
      ...world.refusesBack.map((wanted) => [wanted, true] as const),
    ])('refuses %j, rolling back: %s, with a sentence about its target', (wanted, isBack) => {
      const reasons = driver.wrongWith(registration, wanted, isBack);

      expect(reasons).not.toEqual([]);
      for (const { target, text } of reasons) {
        expect(target).toBe(registration.name);
        expect(text).not.toBe('');
      }
    });

    it('come from a repository or a function', () => {
      const sources = [driver.repositoryOf(registration), driver.functionOf(registration)];

      expect(sources.filter((source) => source !== undefined)).toHaveLength(1);
    });
  });

  describe('commands for a person', () => {
    const [target] = world.places;
    const lists = {
      awaitFree: commands.awaitFree(target!),
      stopAndWait: commands.stopAndWait(target!, 'd-1', { rollsBack: true }),
      awaitOthers: commands.awaitOthers(target!, 'd-1'),
      findAndWait: commands.findAndWait(target!),
      endGuard: commands.endGuard('d-1'),
      shift: commands.shift('d-1'),
      bringBack: commands.bringBack(target!),
    };

    it.each(Object.entries(lists))('%s are lines that a shell takes', (_, lines) => {
      expect(lines).not.toEqual([]);
      for (const line of lines) {
        const command = commandOf(line).replaceAll(PRINTED, 'd-2');
        expect(shellWords(command)[0]).toBe(world.program);
      }
    });

    it.each(Object.entries(lists))('%s name an id only after what prints it', (_, [first]) => {
      expect(first).not.toContain(PRINTED);
    });

    it('wait until the target is free, whatever keeps it busy', () => {
      for (const lines of [lists.stopAndWait, lists.awaitOthers, lists.findAndWait])
        expect(lines.slice(-lists.awaitFree.length)).toEqual(lists.awaitFree);
    });

    it('bring back what the target came from, and never green', () => {
      const text = lists.bringBack.join('\n');

      expect(text).toContain(target!.from!.ref);
      expect(text).not.toContain(target!.to!.ref);
    });

    it('name the deployment that they are about', () => {
      for (const lines of [lists.stopAndWait, lists.awaitOthers, lists.endGuard, lists.shift])
        expect(lines.join('\n')).toContain('d-1');
    });
  });

  it.each(world.places)('shows people green by a link or a command (%#)', (target) => {
    const { link, command, note } = driver.greenAddressOf(target)!;

    expect([link, command].filter((way) => way !== undefined)).toHaveLength(1);
    expect(note).not.toBe('');
    const { registration: alone } = target;
    expect(driver.greenAddressOf({ registration: alone })).toBeUndefined();
  });
});
