/** What a team already has, as CDK imports it into a stack of another app. */
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, FargateService, type ICluster } from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener,
  ApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Function as LambdaFunction, Version } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { EcsHalf, LambdaHalf } from '../../infra/pair/props.ts';

const REGION = 'eu-west-1:111122223333';
const BALANCER = `arn:aws:elasticloadbalancing:${REGION}:listener/app/shop/50dc6c495c0c9188`;

const group = (scope: Construct, colour: string) =>
  ApplicationTargetGroup.fromTargetGroupAttributes(scope, colour, {
    targetGroupArn: `arn:aws:elasticloadbalancing:${REGION}:targetgroup/shop-${colour}/73e2d6bc24d8a067`,
  });

const listener = (scope: Construct, name: string, id: string) =>
  ApplicationListener.fromApplicationListenerAttributes(scope, name, {
    listenerArn: `${BALANCER}/${id}`,
    securityGroup: SecurityGroup.fromSecurityGroupId(scope, `${name}Door`, 'sg-0a1b2c3d4e5f60718'),
  });

/** A running service; nothing of it is made by the stack. */
export const importedService = (scope: Construct): Omit<EcsHalf, 'taskRoles'> => ({
  name: 'web',
  service: FargateService.fromFargateServiceAttributes(scope, 'Service', {
    serviceName: 'shop-web',
    cluster: Cluster.fromClusterAttributes(scope, 'Cluster', {
      clusterName: 'shop',
      vpc: Vpc.fromVpcAttributes(scope, 'Vpc', {
        vpcId: 'vpc-0a1b2c3d4e5f60718',
        availabilityZones: ['eu-west-1a'],
      }),
    }) as ICluster,
  }),
  container: 'web',
  port: 8080,
  repository: Repository.fromRepositoryName(scope, 'Images', 'shop-web'),
  productionListener: listener(scope, 'Production', 'f2f7dc8efc522ab2'),
  testListener: listener(scope, 'Test', '0467ef3c8400ae65'),
  blue: group(scope, 'blue'),
  green: group(scope, 'green'),
});

/** Roles of its tasks. */
export const importedRoles = (scope: Construct) => [
  Role.fromRoleArn(scope, 'TaskRole', 'arn:aws:iam::111122223333:role/shop-task'),
  Role.fromRoleArn(scope, 'ExecutionRole', 'arn:aws:iam::111122223333:role/shop-execution'),
];

/** A function that serves users by an alias. */
export const importedFunction = (scope: Construct, name = 'api'): LambdaHalf => {
  const functionArn = `arn:aws:lambda:${REGION}:function:shop-${name}`;
  const id = (part: string) => (name === 'api' ? part : `${name}-${part}`);
  return {
    name,
    function: LambdaFunction.fromFunctionArn(scope, id('Function'), functionArn),
    alias: Alias.fromAliasAttributes(scope, id('Live'), {
      aliasName: 'live',
      aliasVersion: Version.fromVersionArn(scope, id('Version'), `${functionArn}:12`),
    }),
  };
};
