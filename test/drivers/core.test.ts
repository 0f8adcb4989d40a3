/** Core follows what a driver declares: it knows neither the events, nor the times, nor the metrics of AWS's drivers. */
import { beforeAll, expect, it } from 'vitest';
import { alarmsOf } from '../../core/alarms/alarm-guard.ts';
import { customConfigurations } from '../../core/checks/curve.ts';
import { checkWanted } from '../../core/checks/input.ts';
import { barriersUntil } from '../../core/deployments/answer-by.ts';
import { mayLetGo, released } from '../../core/deployments/common-start.ts';
import { barrierHook, hasLostBarrier } from '../../core/deployments/hook-answers.ts';
import { predefinedCurves } from '../../core/drivers/curves.ts';
import { driverOf } from '../../core/drivers/drivers.ts';
import { sidesOf, wholeOf } from '../../core/judge/measures.ts';
import { owedTo } from '../../core/protocol/commit.ts';
import { bakeOf } from '../../core/protocol/phases/holding.ts';
import { targetsVote } from '../../core/protocol/targets-vote.ts';
import { runsImagesOf } from '../../core/pushes/join.ts';
import { greenAddress } from '../../core/record/green-address.ts';
import { movingTargets, type TargetRecord } from '../../core/record/record.ts';
import { scaledTargets } from '../../core/record/scaling.ts';
import { ReleaseInput } from '../../core/release/input.ts';
import { stuckReason } from '../../core/way-back/attention.ts';
import {
  atMinute,
  codesOf,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  reading,
  record,
  registration,
} from '../core/fixture.ts';
import { fakeTarget, listFake, SLOTS } from './fake.ts';

beforeAll(listFake);

const stall = (change: Partial<TargetRecord> = {}): TargetRecord =>
  ecsRecord(
    {
      registration: fakeTarget(),
      groups: { [SLOTS[0]]: 'stall:1', [SLOTS[1]]: 'stall:2' },
      forward: 'd-stall',
      ...change,
    },
    'stall',
  );

it('commits targets by their rank, whatever they are called', () => {
  const targets = [lambdaRecord(), stall(), ecsRecord({}, 'zoo')];

  expect(movingTargets(record({ targets })).map(({ name }) => name)).toEqual([
    'zoo',
    'stall',
    'api',
  ]);
});

it('starts the shift only once the hook of the declared event is held, and notes its answer', () => {
  const about = { targets: [stall()] };
  const others = record({ ...about, hooks: [held('d-stall', 'BeforeAllowTraffic')] });
  const own = record({ ...about, hooks: [held('d-stall', 'FakeStart')] });

  expect(mayLetGo(others)).toBe(false);
  expect(mayLetGo(own)).toBe(true);
  expect(released(own, stall()).hooks[0]!.answer).toBe('Succeeded');
  expect(released(others, stall()).hooks[0]!.answer).toBeUndefined();
});

it('answers a barrier before its own hold ends, and that of a pair before the first', () => {
  const arrived = { arrivedAt: momentAfter(10) };
  const { policy } = record();

  expect(barriersUntil([stall(arrived)], policy)).toBe(atMinute(55));
  expect(bakeOf([stall(arrived), ecsRecord(arrived)], policy).deadline).toBe(atMinute(55));
  expect(barriersUntil([ecsRecord(arrived)], policy)).toBe(atMinute(65));
});

it('owes an answer to the barrier that the driver declares', () => {
  const barrier = held('d-stall', 'FakeBarrier');
  const decided = record({
    targets: [stall()],
    decision: 'promote',
    hooks: [held('d-stall', 'AfterAllowTraffic'), barrier],
  });

  expect(barrierHook(decided, stall())).toEqual(barrier);
  expect(owedTo(decided, 'stall', momentAfter(20))).toEqual({ answer: barrier });
});

it('takes a target for lost when the barrier that its driver declares ended Failed', () => {
  const failed = (event: string) =>
    record({ targets: [stall()], hooks: [held('d-stall', event, { answer: 'Failed' })] });

  expect(hasLostBarrier(failed('FakeBarrier'))).toBe(true);
  expect(hasLostBarrier(failed('AfterAllowTraffic'))).toBe(false);
});

it('misses a hook of a declared event that never reported', () => {
  const events = { FakeStart: { status: 'InProgress', startedAt: atMinute(0) } };
  const forward = deployment({ id: 'd-stall', events }, driverOf(fakeTarget()).holds);
  const seen = observation(5, { stall: reading({ live: 'stall:1', forward }) });
  const { reasons } = targetsVote(record({ targets: [stall()] }), seen, false);

  expect(codesOf(reasons)).toEqual(['hook-lost']);
  expect(reasons[0]!.text).toContain('FakeStart of stall');
});

it('offers only curves that every driver of the pair has, and asks for custom ones by driver', () => {
  const fake = fakeTarget();

  expect(predefinedCurves(['codedeploy-lambda', fake.driver])).toEqual([
    { type: 'canary', percent: 10, minutes: 5 },
  ]);
  expect(customConfigurations({ type: 'linear', percent: 10, minutes: 1 }, [fake])).toEqual([
    'Tandem.fake.linear-10-1',
  ]);
});

it('measures where the driver says', () => {
  const { green, blue } = sidesOf(stall())!;

  expect(green.requests).toEqual({
    namespace: 'Fake',
    metric: 'Asked',
    dimensions: { Stall: 'stall', Slot: SLOTS[1] },
  });
  expect(blue.latency.dimensions).toEqual({ Stall: 'stall', Slot: SLOTS[0] });
  expect(wholeOf(stall())).toHaveLength(2);
});

it('refuses what the driver refuses, and finds what a push may release by its repository', () => {
  const targets = { stall: fakeTarget() };
  const pair = registration({ targets });
  const wanted = ReleaseInput.parse({
    pair: 'storefront',
    targets: { stall: { version: '2' } },
    requestedBy: 'ada',
  });

  expect(codesOf(checkWanted(wanted, pair))).toEqual(['wrong-revision']);
  expect(runsImagesOf(pair, 'fake/images')).toBe(true);
  expect(runsImagesOf(pair, 'storefront/web')).toBe(false);
});

it('gives people the commands and the address of the driver', () => {
  const seen = reading({ live: 'stall:2', foreign: 'd-9' });

  expect(stuckReason(stall(), seen).run).toEqual([
    'fake show d-9',
    'Repeat until it prints free: fake status',
    'fake serve arn:stall:1',
  ]);
  expect(greenAddress(stall())).toMatchObject({ link: 'http://stall:2/' });
});

it('suspends no scaling where the driver has none, and guards by the alarms that it names', () => {
  const scaled = { ...fakeTarget(), scalingRole: 'role' } as TargetRecord['registration'];

  expect(scaledTargets(record({ targets: [stall({ registration: scaled })] }))).toEqual([]);
  expect(alarmsOf(fakeTarget())).toEqual(['web-errors']);
});
