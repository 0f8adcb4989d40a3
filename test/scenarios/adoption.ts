/**
 * The stack of docs/adopt.md: everything that runs is imported. Of ours it imports only what the package gives, so that
 * the test of the package compiles it as an adopter does.
 */
import { Stack } from 'aws-cdk-lib';
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
import { ReleasePair } from '../../infra/index.ts';

/** What the team reads in its account before it adopts: ARNs that AWS made. */
export interface Found {
  readonly productionListener: string;
  readonly testListener: string;
  readonly blue: string;
  readonly green: string;
  readonly taskRole: string;
  readonly executionRole: string;
}

/** Makes the service `shop-web` and the function `shop-api` a pair. */
export class AdoptionStack extends Stack {
  constructor(scope: Construct, id: string, found: Found) {
    super(scope, id, { env: { account: '111122223333', region: 'us-east-1' } });
    const listener = (id: string, listenerArn: string) =>
      ApplicationListener.fromApplicationListenerAttributes(this, id, {
        listenerArn,
        securityGroup: SecurityGroup.fromSecurityGroupId(this, `${id}Door`, 'sg-0a1b2c3d'),
      });
    const group = (id: string, targetGroupArn: string) =>
      ApplicationTargetGroup.fromTargetGroupAttributes(this, id, { targetGroupArn });
    const functionArn = `arn:aws:lambda:${this.region}:${this.account}:function:shop-api`;

    new ReleasePair(this, 'Shop', {
      pair: 'shop',
      join: 'manual',
      ecs: {
        name: 'web',
        service: FargateService.fromFargateServiceAttributes(this, 'Service', {
          serviceName: 'shop-web',
          cluster: Cluster.fromClusterAttributes(this, 'Cluster', {
            clusterName: 'shop',
            vpc: Vpc.fromVpcAttributes(this, 'Vpc', {
              vpcId: 'vpc-0a1b2c3d',
              availabilityZones: ['us-east-1a'],
            }),
          }) as ICluster,
        }),
        taskRoles: [
          Role.fromRoleArn(this, 'TaskRole', found.taskRole),
          Role.fromRoleArn(this, 'ExecutionRole', found.executionRole),
        ],
        taskFamily: 'shop-web',
        container: 'web',
        port: 8080,
        repository: Repository.fromRepositoryName(this, 'Images', 'storefront-web'),
        productionListener: listener('Production', found.productionListener),
        testListener: listener('Test', found.testListener),
        blue: group('Blue', found.blue),
        green: group('Green', found.green),
      },
      lambda: {
        name: 'api',
        function: LambdaFunction.fromFunctionArn(this, 'Function', functionArn),
        alias: Alias.fromAliasAttributes(this, 'Live', {
          aliasName: 'live',
          aliasVersion: Version.fromVersionArn(this, 'Version', `${functionArn}:1`),
        }),
        checks: [{ event: { path: '/health' }, status: 200 }],
      },
    });
  }
}
