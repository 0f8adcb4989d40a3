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
  ApplicationLoadBalancer,
  ApplicationTargetGroup,
  type IApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
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

/** A listener that the app makes, of HTTPS. */
const secureListener = (web: EcsHalf, stack: Stack) =>
  new ApplicationListener(stack, 'Secure', {
    loadBalancer: ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Balancer', {
      loadBalancerArn: web.testListener.listenerArn
        .replace(':listener/', ':loadbalancer/')
        .replace(/\/\w+$/, ''),
      securityGroupId: 'sg-0a1b2c3d4e5f60718',
      vpc: web.service.cluster.vpc,
    }),
    port: 8443,
    certificates: [
      ListenerCertificate.fromArn('arn:aws:acm:eu-west-1:111122223333:certificate/shop'),
    ],
    defaultAction: ListenerAction.fixedResponse(404),
    open: false,
  });

const other = (web: EcsHalf, stack: Stack) =>
  ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'OtherGroup', {
    targetGroupArn: web.green.targetGroupArn.replace('/shop-', '/admin-'),
  });

const otherService = (web: EcsHalf, stack: Stack) =>
  FargateService.fromFargateServiceAttributes(stack, 'OtherService', {
    serviceName: 'shop-admin',
    cluster: web.service.cluster,
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

  it('is taken with a host on a listener of HTTPS, and with two services behind the same listeners', () => {
    expect(
      saying((ecs, _, stack) => {
        const office = Object.entries({ blue: ecs.blue, green: ecs.green }).map(([name, group]) => [
          name,
          ApplicationTargetGroup.fromTargetGroupAttributes(stack, `office-${name}`, {
            targetGroupArn: group.targetGroupArn.replace('/shop-', '/office-'),
          }),
        ]);
        const shop = {
          ...ecs,
          host: 'shop.example.com',
          testListener: secureListener(ecs, stack),
        };
        return {
          ecs: [
            shop,
            {
              ...shop,
              name: 'office',
              service: otherService(ecs, stack),
              ...Object.fromEntries(office),
            },
          ],
        };
      }),
    ).toBe('nothing');
  });

  it.each(['https://shop.example.com', 'shop.example.com:443', 'shop', 'shop.example.com/health'])(
    'is not taken with the host %s',
    (host) => {
      expect(saying((ecs) => ({ ecs: { ...ecs, host } }))).toContain('must be a host name');
    },
  );

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
    [
      'a revision as family',
      (web) => ({ ecs: { ...web, taskFamily: 'shop-web:12' } }),
      'taskFamily of target "web" is "shop-web:12"',
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
      'a test listener of HTTPS without a host',
      (web, _, stack) => ({ ecs: { ...web, testListener: secureListener(web, stack) } }),
      'The test listener of target "web" speaks HTTPS, and checks would fail on the name of its certificate: set host',
    ],
    [
      'a target group in two targets',
      (web, _, stack) => ({
        ecs: [
          web,
          { ...web, name: 'admin', service: otherService(web, stack), green: other(web, stack) },
        ],
      }),
      'The targets "web" and "admin" have a target group in common',
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
