/** Small stand-ins for the services that CodeDeploy acts on, with the state a test looks at. */
import { AwsError } from '../../../../packages/sandbox/aws-error.ts';
import type { Cloud, Operation, Service } from '../../../../packages/sandbox/cloud.ts';

export const PROD = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/lb/1/prod';
export const TEST = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/lb/1/test';
export const TG_A = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/tg-a/1';
export const TG_B = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/tg-b/2';
const NAMES: Readonly<Record<string, string>> = { 'tg-a': TG_A, 'tg-b': TG_B };

/** A call of a hook function as the function sees it. */
export interface HookCall {
  readonly function: string;
  readonly payload: { DeploymentId: string; LifecycleEventHookExecutionId: string };
  readonly invocationType: string;
}

/** The stand-ins and what they hold. Times are minutes since `begin`. */
export const neighbours = (clock: Cloud['clock']) => {
  const begin = clock.now();
  const minutes = () => Math.round((clock.now() - begin) / 6_000) / 10;
  const world = {
    taskSets: [
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        stabilityStatus: 'STEADY_STATE',
        taskDefinition: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:1',
        launchType: 'FARGATE',
        loadBalancers: [{ targetGroupArn: TG_A, containerName: 'web', containerPort: 80 }],
        computedDesiredCount: 2,
        runningCount: 2,
        pendingCount: 0,
      },
    ] as any[],
    controller: 'CODE_DEPLOY',
    /** Whether a new task set becomes steady. */
    steady: true,
    listeners: {
      [PROD]: { [TG_A]: 1 },
      [TEST]: { [TG_A]: 1 },
    } as Record<string, Record<string, number>>,
    /** Further rules of listeners, by ARN. A listener without an own entry above answers by itself. */
    rules: {} as Record<string, { listener: string; weights: Record<string, number> }>,
    /** Every change of the production listener: minute and percent by target group. */
    shifts: [] as { minute: number; a: number; b: number }[],
    alias: { version: '1', weights: {} as Record<string, number> },
    aliasChanges: [] as { minute: number; version: string; weights: Record<string, number> }[],
    alarms: new Map<string, string>([['errors', 'OK']]),
    hookCalls: [] as HookCall[],
    /** What a hook function does when it is called. */
    onHook: async (_call: HookCall): Promise<void> => undefined,
    events: [] as string[],
    roles: new Map([['deployer', 'codedeploy.amazonaws.com']]),
    created: [] as any[],
    minutes,
  };

  const service = (id: string, operations: Record<string, Operation>): Service => ({
    id,
    operations,
  });

  const ecs = service('ecs', {
    DescribeServices: ({ services }) => ({
      services:
        services[0] === 'web'
          ? [
              {
                serviceName: 'web',
                status: 'ACTIVE',
                deploymentController: { type: world.controller },
                taskSets: world.taskSets.map((taskSet) => ({ ...taskSet })),
                networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
              },
            ]
          : [],
    }),
    CreateTaskSet: (input) => {
      world.created.push(input);
      const taskSet = {
        id: `ecs-svc/${world.created.length + 1}`,
        status: 'ACTIVE',
        stabilityStatus: world.steady ? 'STEADY_STATE' : 'STABILIZING',
        externalId: input.externalId,
        taskDefinition: input.taskDefinition,
        loadBalancers: input.loadBalancers,
        computedDesiredCount: 2,
        runningCount: 2,
        pendingCount: 0,
      };
      world.taskSets.push(taskSet);
      return { taskSet: { ...taskSet } };
    },
    UpdateServicePrimaryTaskSet: ({ primaryTaskSet }) => {
      for (const taskSet of world.taskSets) {
        taskSet.status = taskSet.id === primaryTaskSet ? 'PRIMARY' : 'ACTIVE';
      }
      return {};
    },
    ListTasks: () => ({ taskArns: [] }),
    DeleteTaskSet: ({ taskSet }) => {
      const index = world.taskSets.findIndex(({ id }) => id === taskSet);
      if (index < 0) throw new AwsError('TaskSetNotFoundException', 'gone');
      world.taskSets.splice(index, 1);
      return {};
    },
  });

  const forwardTo = (weights: Record<string, number>) => [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: Object.entries(weights).map(([TargetGroupArn, Weight]) => ({
          TargetGroupArn,
          Weight,
        })),
        TargetGroupStickinessConfig: { Enabled: false },
      },
    },
  ];
  const weightsIn = ([action]: any[]): Record<string, number> =>
    Object.fromEntries(
      action.ForwardConfig.TargetGroups.map(({ TargetGroupArn, Weight }: any) => [
        TargetGroupArn,
        Weight,
      ]),
    );

  const elasticloadbalancing = service('elasticloadbalancing', {
    DescribeTargetGroups: ({ Names }) => ({
      TargetGroups: Names.map((name: string) => ({
        TargetGroupName: name,
        TargetGroupArn: NAMES[name],
      })),
    }),
    DescribeListeners: ({ ListenerArns: [ListenerArn] }) => {
      const weights = world.listeners[ListenerArn];
      const answer = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };
      return {
        Listeners: [{ ListenerArn, DefaultActions: weights ? forwardTo(weights) : [answer] }],
      };
    },
    DescribeTargetHealth: () => ({ TargetHealthDescriptions: [] }),
    DescribeRules: ({ ListenerArn }) => ({
      Rules: Object.entries(world.rules)
        .filter(([, { listener }]) => listener === ListenerArn)
        .map(([RuleArn, { weights }]) => ({ RuleArn, Actions: forwardTo(weights) })),
    }),
    ModifyListener: ({ ListenerArn, DefaultActions }) => {
      const weights = weightsIn(DefaultActions);
      world.listeners[ListenerArn] = weights;
      if (ListenerArn === PROD) {
        world.shifts.push({ minute: minutes(), a: weights[TG_A] ?? 0, b: weights[TG_B] ?? 0 });
      }
      return {};
    },
    ModifyRule: ({ RuleArn, Actions }) => {
      world.rules[RuleArn]!.weights = weightsIn(Actions);
      return {};
    },
  });

  const lambda = service('lambda', {
    GetAlias: () => ({
      FunctionVersion: world.alias.version,
      RoutingConfig: { AdditionalVersionWeights: world.alias.weights },
    }),
    UpdateAlias: ({ FunctionVersion, RoutingConfig }) => {
      const versions = [FunctionVersion, ...Object.keys(RoutingConfig.AdditionalVersionWeights)];
      if (versions.some((version) => Number(version) > 9)) {
        throw new AwsError('ResourceNotFoundException', 'no such version', { status: 404 });
      }
      world.alias = { version: FunctionVersion, weights: RoutingConfig.AdditionalVersionWeights };
      world.aliasChanges.push({ minute: minutes(), ...world.alias });
      return {};
    },
    Invoke: async ({ FunctionName, Payload, InvocationType }) => {
      const call: HookCall = {
        function: FunctionName,
        payload: JSON.parse(new TextDecoder().decode(Payload)),
        invocationType: InvocationType,
      };
      world.hookCalls.push(call);
      await world.onHook(call);
      return { StatusCode: 200 };
    },
  });

  const cloudwatch = service('cloudwatch', {
    DescribeAlarms: ({ AlarmNames }) => ({
      MetricAlarms: AlarmNames.filter((name: string) => world.alarms.has(name)).map(
        (AlarmName: string) => ({ AlarmName, StateValue: world.alarms.get(AlarmName) }),
      ),
    }),
  });

  const events = service('events', {
    PutEvents: ({ Entries }) => {
      for (const { Source, DetailType, Detail } of Entries) {
        if (Source !== 'aws.codedeploy' || !DetailType.startsWith('CodeDeploy Deployment'))
          continue;
        world.events.push(JSON.parse(Detail).state);
      }
      return { FailedEntryCount: 0 };
    },
  });

  const iam = service('iam', {
    GetRole: ({ RoleName }) => {
      const trusted = world.roles.get(RoleName);
      if (!trusted) throw new AwsError('NoSuchEntityException', 'no such role', { status: 404 });
      const document = { Statement: [{ Principal: { Service: trusted } }] };
      return { Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document)) } };
    },
  });

  return { world, services: [ecs, elasticloadbalancing, lambda, cloudwatch, events, iam] };
};
