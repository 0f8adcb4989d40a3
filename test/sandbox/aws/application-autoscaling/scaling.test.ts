import { afterEach, beforeEach, expect, it } from 'vitest';
import { applicationAutoscalingService } from '../../../../packages/sandbox/aws/application-autoscaling/service.ts';
import { cloudwatchService } from '../../../../packages/sandbox/aws/cloudwatch/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { localCloud, recording } from '../../local-cloud.ts';

const MINUTE = 60_000;
const ON_SERVICE = {
  ServiceNamespace: 'ecs',
  ScalableDimension: 'ecs:service:DesiredCount',
  ResourceId: 'service/shop/web',
};

/** A service with two tasks, which an alarm sets to six: within the bounds of its target, four. */
const open = async () => {
  const clock = virtualClock();
  const local = localCloud(clock, undefined as never);
  let desiredCount = 2;
  const ecs = local.register(
    recording('ecs', {
      DescribeServices: () => ({ services: [{ status: 'ACTIVE', desiredCount }] }),
      UpdateService: (input) => {
        desiredCount = input.desiredCount;
        return {};
      },
    }),
  );
  local.register(recording('events', { PutEvents: () => ({}) }));
  local.register(cloudwatchService(local.cloud));
  const service = local.register(applicationAutoscalingService(local.cloud));
  const ask = (operation: string, input: object) =>
    local.ask('application-autoscaling', operation, { ...ON_SERVICE, ...input });
  await ask('RegisterScalableTarget', { MinCapacity: 1, MaxCapacity: 4 });
  const { PolicyARN } = await ask('PutScalingPolicy', {
    PolicyName: 'more',
    PolicyType: 'StepScaling',
    StepScalingPolicyConfiguration: {
      AdjustmentType: 'ExactCapacity',
      StepAdjustments: [{ ScalingAdjustment: 6 }],
    },
  });
  await local.ask('cloudwatch', 'PutMetricAlarm', {
    AlarmName: 'load',
    Namespace: 'Load',
    MetricName: 'Load',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'ignore',
    AlarmActions: [PolicyARN],
  });
  return {
    ...local,
    ask,
    service,
    updates: () => ecs.asked.filter(({ operation }) => operation === 'UpdateService').length,
    desired: () => desiredCount,
    suspended: async () =>
      (
        await local.ask('application-autoscaling', 'DescribeScalableTargets', {
          ServiceNamespace: 'ecs',
          ResourceIds: [ON_SERVICE.ResourceId],
        })
      ).ScalableTargets[0].SuspendedState,
    load: (StateValue: string) =>
      local.ask('cloudwatch', 'SetAlarmState', { AlarmName: 'load', StateValue, StateReason: '' }),
    pass: (minutes: number) => clock.until(clock.sleep(minutes * MINUTE)),
  };
};

let cloud: Awaited<ReturnType<typeof open>>;
beforeEach(async () => {
  cloud = await open();
});
afterEach(() => cloud.close());

it('scales a service out while its alarm is red, within the bounds of the target', async () => {
  await cloud.load('ALARM');
  await cloud.pass(1);

  expect(cloud.desired()).toBe(4);
  expect(cloud.updates()).toBe(1);
});

it('does not scale out while that is suspended, and does so when it is resumed under a red alarm', async () => {
  await cloud.ask('RegisterScalableTarget', {
    SuspendedState: { DynamicScalingOutSuspended: true },
  });
  await cloud.load('ALARM');
  await cloud.pass(3);
  expect(cloud.desired()).toBe(2);

  await cloud.ask('RegisterScalableTarget', {
    SuspendedState: { DynamicScalingOutSuspended: false },
  });
  await cloud.pass(2);

  expect(cloud.desired()).toBe(4);
});

it('keeps bounds and suspensions that a later registration leaves out', async () => {
  await cloud.ask('RegisterScalableTarget', {
    SuspendedState: { ScheduledScalingSuspended: true },
  });
  await cloud.ask('RegisterScalableTarget', { MaxCapacity: 3 });

  expect(await cloud.suspended()).toEqual({
    DynamicScalingInSuspended: false,
    DynamicScalingOutSuspended: false,
    ScheduledScalingSuspended: true,
  });
  await cloud.load('ALARM');
  await cloud.pass(1);
  expect(cloud.desired()).toBe(3);
});

it('wants bounds for a service that it does not know', async () => {
  await expect(
    cloud.ask('RegisterScalableTarget', { ResourceId: 'service/shop/other' }),
  ).rejects.toMatchObject({ name: 'ValidationException' });
});

it('asks IAM for the target, by namespace and dimension, and for what it would do to the service', () => {
  const caller = { principal: { kind: 'owner' }, region: 'us-east-1' } as const;
  const asked = cloud.service.permissions?.RegisterScalableTarget?.(ON_SERVICE, caller) ?? [];
  const onService = 'arn:aws:ecs:us-east-1:111122223333:service/shop/web';

  expect(asked).toMatchObject([
    {
      action: 'application-autoscaling:RegisterScalableTarget',
      context: {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    },
    { action: 'ecs:DescribeServices', resource: onService },
    { action: 'ecs:UpdateService', resource: onService },
  ]);
});
