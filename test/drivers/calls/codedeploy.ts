/** Worlds of both drivers of CodeDeploy: the sandbox's, with stand-ins for what it acts on, in virtual time. */
import { DRIVERS } from '../../../core/drivers/drivers.ts';
import { HOOKS, hookFunction } from '../../../core/drivers/hooks.ts';
import type { HeldHook } from '../../../core/record/record.ts';
import { toMoment } from '../../../core/text/time.ts';
import { codedeploy } from '../../../handlers/aws/codedeploy.ts';
import { ecs } from '../../../handlers/aws/ecs.ts';
import { elasticloadbalancing } from '../../../handlers/aws/elasticloadbalancing.ts';
import { lambda } from '../../../handlers/aws/lambda.ts';
import { ecsDriver } from '../../../handlers/drivers/codedeploy-ecs/moving.ts';
import { lambdaDriver } from '../../../handlers/drivers/codedeploy-lambda/moving.ts';
import { AwsError } from '../../../packages/sandbox/aws-error.ts';
import type { Quirks } from '../../../packages/sandbox/quirks.ts';
import { api, web } from '../../core/fixture.ts';
import { account, ecsSpec, lambdaSpec, revisionOf } from '../../sandbox/aws/codedeploy/account.ts';
import { PROD, TEST, TG_A, TG_B } from '../../sandbox/aws/codedeploy/neighbours.ts';
import { frontOver, through } from '../../sandbox/front/loopback.ts';
import type { CallWorld, Losable } from './world.ts';

const EVENTS = Object.fromEntries(
  (Object.keys(HOOKS) as (keyof typeof HOOKS)[]).map((name) => [hookFunction(name), HOOKS[name]]),
);

const OPERATIONS: Readonly<Record<Losable, string>> = {
  launch: 'CreateDeployment',
  answer: 'PutLifecycleEventHookExecutionStatus',
  stop: 'StopDeployment',
};

const ROLLS_BACK = {
  autoRollbackConfiguration: {
    enabled: true,
    events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
  },
};

const READS = /^(Get|List|Describe|BatchGet)/;

/** The sandbox's CodeDeploy, and the clients of handlers led to it. */
const openAccount = (name: 'codedeploy-ecs' | 'codedeploy-lambda', quirks: Partial<Quirks>) => {
  const aws = account(quirks);
  const { answer } = frontOver(aws.choke.call);
  for (const [client, id] of [
    [codedeploy, 'codedeploy'],
    [ecs, 'ecs'],
    [elasticloadbalancing, 'elasticloadbalancing'],
    [lambda, 'lambda'],
  ] as const)
    Object.assign(client.config, { requestHandler: through(answer, id).requestHandler });

  const { holds } = DRIVERS[name];
  const keeps = [holds.start, holds.barrier].flatMap((hold) =>
    hold.by === 'hook' ? [hold.event] : [],
  );
  const held: Omit<HeldHook, 'answer'>[] = [];
  // The checks of the pair's hooks pass; those that the release answers are kept for it.
  aws.world.onHook = async (call) => {
    const event = EVENTS[call.function]!;
    const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: executionId } = call.payload;
    if (!keeps.includes(event)) await aws.answer(call, 'Succeeded');
    else held.push({ deploymentId, event, executionId, at: toMoment(aws.clock.now()) });
  };

  let writes = 0;
  aws.choke.watch(({ operation }) => {
    if (!READS.test(operation)) writes += 1;
  });

  const common = {
    now: () => aws.clock.now(),
    pass: async (seconds: number) => void (await aws.pass(seconds)),
    deployments: async () => {
      const { deployments } = await aws.call('ListDeployments');
      return deployments.toReversed();
    },
    held: () => held,
    loseAnswerOf: (call: Losable) =>
      void aws.choke.inject({
        name: `lost answer of ${call}`,
        matches: ({ operation }) => operation === OPERATIONS[call],
        effect: {
          kind: 'lose-response',
          error: new AwsError('InternalFailure', 'lost', { status: 500 }),
        },
      }),
    writes: () => writes,
  } satisfies Partial<CallWorld>;
  return { aws, common };
};

const arnOf = (revision: number) =>
  `arn:aws:ecs:us-east-1:111122223333:task-definition/web:${revision}`;

/** An account with a service. Its production listener forwards by a rule, which is what the driver reads. */
export const serviceWorld = async (quirks: Partial<Quirks> = {}): Promise<CallWorld> => {
  const { aws, common } = openAccount('codedeploy-ecs', quirks);
  const { world } = aws;
  delete world.listeners[PROD];
  const rule = { listener: PROD, weights: { [TG_A]: 1 } as Record<string, number> };
  world.rules.production = rule;
  await aws.withEcs({
    ...ROLLS_BACK,
    blueGreenDeploymentConfiguration: {
      deploymentReadyOption: { actionOnTimeout: 'STOP_DEPLOYMENT', waitTimeInMinutes: 1440 },
      terminateBlueInstancesOnDeploymentSuccess: {
        action: 'TERMINATE',
        terminationWaitTimeInMinutes: 10,
      },
    },
  });
  return {
    ...common,
    driver: ecsDriver,
    registration: web({
      application: 'web',
      deploymentGroup: 'web',
      cluster: 'main',
      container: 'web',
      port: 80,
      productionListener: PROD,
      testListener: TEST,
      targetGroups: [TG_A, TG_B],
    }),
    from: { name: 'web:1', ref: arnOf(1) },
    to: { name: 'web:2', ref: arnOf(2) },
    traffic: () => {
      const total = Object.values(rule.weights).reduce((sum, weight) => sum + weight, 0);
      return Object.fromEntries(
        Object.entries(rule.weights).flatMap(([group, weight]) => {
          const set = world.taskSets.find(
            ({ loadBalancers }) => loadBalancers[0].targetGroupArn === group,
          );
          return weight > 0 ? [[set?.taskDefinition.split('/')[1], (100 * weight) / total]] : [];
        }),
      );
    },
    deployForeign: () => aws.deployEcs({}, { revision: revisionOf(ecsSpec(3)) }),
  };
};

/** An account with a function. */
export const functionWorld = async (quirks: Partial<Quirks> = {}): Promise<CallWorld> => {
  const { aws, common } = openAccount('codedeploy-lambda', quirks);
  await aws.withLambda(ROLLS_BACK);
  const { world } = aws;
  return {
    ...common,
    driver: lambdaDriver,
    registration: api({ application: 'api', deploymentGroup: 'api', function: 'api' }),
    from: { name: '1', ref: '1' },
    to: { name: '2', ref: '2' },
    traffic: () => {
      const { version, weights } = world.alias;
      const others = Object.entries(weights).map(([name, weight]) => [name, 100 * weight] as const);
      const rest = 100 - others.reduce((sum, [, share]) => sum + share, 0);
      return Object.fromEntries([[version, rest] as const, ...others]);
    },
    deployForeign: () =>
      aws.deployLambda('1', '3', {}, { revision: revisionOf(lambdaSpec('1', '3')) }),
  };
};
