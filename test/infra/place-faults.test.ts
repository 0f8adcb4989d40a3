import { App, Stack } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import {
  ContainerImage,
  DeploymentControllerType,
  FargateService,
  FargateTaskDefinition,
  type IBaseService,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationTargetGroup,
  type IApplicationTargetGroup,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import type { EcsHalf, LambdaHalf } from '../../infra/pair/props.ts';
import { ReleasePair, type ReleasePairProps } from '../../infra/pair/release-pair.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

const stackOf = (region = 'eu-west-1') =>
  new Stack(new App(), 'shop', { env: { account: '111122223333', region } });

const webOf = (stack: Stack): EcsHalf => ({
  ...importedService(stack),
  taskRoles: importedRoles(stack),
});

/** What a synth says to a pair of the imported halves, changed. */
const saying = (
  change: (web: EcsHalf, api: LambdaHalf, stack: Stack) => Partial<ReleasePairProps>,
  stack = stackOf(),
): string => {
  const [ecs, lambda] = [webOf(stack), importedFunction(stack)];
  try {
    new ReleasePair(stack, 'Pair', { pair: 'shop', tags: ['v*'], ...change(ecs, lambda, stack) });
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

const functionOf = (stack: Stack, arn: string) =>
  LambdaFunction.fromFunctionArn(stack, 'Other', arn);

const listenerOf = (web: EcsHalf, stack: Stack, listenerArn: string) =>
  ApplicationListener.fromApplicationListenerAttributes(stack, 'Other', {
    listenerArn,
    securityGroup: web.productionListener.connections.securityGroups[0] as never,
  });

const serviceOf = (web: EcsHalf, stack: Stack): IBaseService => {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task');
  taskDefinition.addContainer('web', {
    image: ContainerImage.fromRegistry('web'),
    portMappings: [{ containerPort: 8080 }],
  });
  return new FargateService(stack, 'Made', {
    cluster: web.service.cluster,
    taskDefinition,
    deploymentController: { type: DeploymentControllerType.CODE_DEPLOY },
    vpcSubnets: { subnets: [] },
  });
};

describe('what a pair names', () => {
  it('is taken as it should be', () => {
    expect(saying((ecs, lambda) => ({ ecs, lambda }))).toBe('nothing');
  });

  it.each<[string, Parameters<typeof saying>[0], string]>([
    [
      'listeners of two load balancers',
      (web, _, stack) => {
        const arn = web.testListener.listenerArn.replace('app/shop/', 'app/office/');
        return { ecs: { ...web, testListener: listenerOf(web, stack, arn) } };
      },
      'app/shop/50dc6c495c0c9188 and app/office/50dc6c495c0c9188',
    ],
    [
      'a listener of another Region',
      (web, _, stack) => {
        const arn = web.testListener.listenerArn.replace('eu-west-1', 'us-east-1');
        return { ecs: { ...web, testListener: listenerOf(web, stack, arn) } };
      },
      'The test listener of target "web" is of us-east-1 in account 111122223333',
    ],
    [
      'a repository of another account',
      (web, _, stack) => {
        const arn = 'arn:aws:ecr:eu-west-1:444455556666:repository/shop-web';
        return { ecs: { ...web, repository: Repository.fromRepositoryArn(stack, 'Other', arn) } };
      },
      'The repository of target "web" is of eu-west-1 in account 444455556666',
    ],
    [
      'no roles',
      (web) => ({ ecs: { ...web, taskRoles: [] } }),
      'taskRoles of target "web" is empty',
    ],
    ['no port', (web) => ({ ecs: { ...web, port: 0 } }), 'port of target "web" is 0'],
    [
      'a group of instances',
      (web, _, stack) => {
        const green = new ApplicationTargetGroup(stack, 'Other', {
          vpc: web.service.cluster.vpc,
          port: 80,
          targetType: TargetType.INSTANCE,
        });
        return { ecs: { ...web, green: green as IApplicationTargetGroup } };
      },
      'The target group green of target "web" has the target type instance',
    ],
    [
      'a container that the tasks do not have',
      (web, _, stack) => ({ ecs: { ...web, container: 'app', service: serviceOf(web, stack) } }),
      'has no container "app"',
    ],
    [
      'a port that its container does not have',
      (web, _, stack) => ({ ecs: { ...web, port: 80, service: serviceOf(web, stack) } }),
      'maps no port 80',
    ],
    [
      'an alias of another function',
      (_, api, stack) => {
        const arn = api.function.functionArn.replace('shop-api', 'shop-prices');
        return { lambda: { ...api, function: functionOf(stack, arn) } };
      },
      'one of the function shop-api, but its function is shop-prices',
    ],
    [
      'a function by its alias',
      (_, api, stack) => ({
        lambda: { ...api, function: functionOf(stack, `${api.function.functionArn}:live`) },
      }),
      'give the ARN of the function alone',
    ],
    [
      'one alias in two targets',
      (_, api) => ({ lambda: [api, { ...api, name: 'prices' }] }),
      'The targets "api" and "prices" are the same alias',
    ],
    [
      'one service in two targets',
      (web) => ({ ecs: [web, { ...web, name: 'admin' }] }),
      'The targets "web" and "admin" are the same service',
    ],
    [
      'four eyes of nobody',
      (_, lambda) => ({ lambda, policy: { fourEyes: true } }),
      "say approval: 'required'",
    ],
    [
      'scans of no image',
      (_, lambda) => ({ lambda, policy: { imageScan: { failOn: 'HIGH' } } }),
      'no image would be looked at',
    ],
  ])('is refused when it is %s', (_, change, sentence) => {
    expect(saying(change)).toContain(sentence);
  });

  it('is not judged where the stack is for any account and Region', () => {
    const stack = new Stack(new App(), 'anywhere');

    expect(saying((ecs, lambda) => ({ ecs, lambda }), stack)).toBe('nothing');
  });
});
