/** A team's own service and function, and the stack with which the team adopts Tandem for them. */
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer, Stack } from 'aws-cdk-lib';
import { type IVpc, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, FargateService, type ICluster } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Function as LambdaFunction, Version } from 'aws-cdk-lib/aws-lambda';
import { ReleasePair } from '../../infra/pair/release-pair.ts';
import { fleetFunction } from './fleet/functions.ts';
import { fleetService } from './fleet/services.ts';

const ENVIRONMENT = { account: '111122223333', region: 'us-east-1' };

const appIn = (outdir: string) =>
  new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    defaultStackSynthesizer: new DefaultStackSynthesizer({
      generateBootstrapVersionRule: false,
    }) as IReusableStackSynthesizer,
  });

/** Synthesizes a service and a function that know nothing of Tandem; gives the folder. */
export const synthesizeExisting = (folder: string): string => {
  const app = appIn(join(folder, 'existing'));
  const stack = new Stack(app, 'shop', { env: ENVIRONMENT });
  const vpc = new Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  }) as IVpc;
  const repository = Repository.fromRepositoryName(stack, 'Images', 'storefront-web');
  const cluster = new Cluster(stack, 'Cluster', { clusterName: 'shop', vpc }) as ICluster;
  fleetService(stack, 'shop-web', 'web', { vpc, cluster, repository });
  fleetFunction(stack, 'shop-api', 'api');
  return app.synth().directory;
};

/** What the team reads in its account before it adopts: ARNs that AWS made. */
export interface Found {
  readonly productionListener: string;
  readonly testListener: string;
  readonly blue: string;
  readonly green: string;
  readonly taskRole: string;
  readonly executionRole: string;
}

/** Synthesizes the stack of docs/adopt.md: everything that runs is imported; gives the folder. */
export const synthesizeAdoption = (folder: string, found: Found): string => {
  const app = appIn(join(folder, 'adoption'));
  const stack = new Stack(app, 'shop-releases', { env: ENVIRONMENT });
  const listener = (id: string, listenerArn: string) =>
    ApplicationListener.fromApplicationListenerAttributes(stack, id, {
      listenerArn,
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, `${id}Door`, 'sg-0a1b2c3d'),
    });
  const group = (id: string, targetGroupArn: string) =>
    ApplicationTargetGroup.fromTargetGroupAttributes(stack, id, { targetGroupArn });
  const functionArn = `arn:aws:lambda:${ENVIRONMENT.region}:${ENVIRONMENT.account}:function:shop-api`;

  new ReleasePair(stack, 'Shop', {
    pair: 'shop',
    join: 'manual',
    ecs: {
      name: 'web',
      service: FargateService.fromFargateServiceAttributes(stack, 'Service', {
        serviceName: 'shop-web',
        cluster: Cluster.fromClusterAttributes(stack, 'Cluster', {
          clusterName: 'shop',
          vpc: Vpc.fromVpcAttributes(stack, 'Vpc', {
            vpcId: 'vpc-0a1b2c3d',
            availabilityZones: ['us-east-1a'],
          }),
        }) as ICluster,
      }),
      taskRoles: [
        Role.fromRoleArn(stack, 'TaskRole', found.taskRole),
        Role.fromRoleArn(stack, 'ExecutionRole', found.executionRole),
      ],
      container: 'web',
      port: 8080,
      repository: Repository.fromRepositoryName(stack, 'Images', 'storefront-web'),
      productionListener: listener('Production', found.productionListener),
      testListener: listener('Test', found.testListener),
      blue: group('Blue', found.blue),
      green: group('Green', found.green),
    },
    lambda: {
      name: 'api',
      function: LambdaFunction.fromFunctionArn(stack, 'Function', functionArn),
      alias: Alias.fromAliasAttributes(stack, 'Live', {
        aliasName: 'live',
        aliasVersion: Version.fromVersionArn(stack, 'Version', `${functionArn}:1`),
      }),
      checks: [{ event: { path: '/health' }, status: 200 }],
    },
  });
  return app.synth().directory;
};
