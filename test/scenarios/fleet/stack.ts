/** The stacks of pairs of other shapes than the storefront's, which scenarios release. */
import { Stack } from 'aws-cdk-lib';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { ReleasePair } from '../../../infra/pair/release-pair.ts';
import { fleetFunction } from './functions.ts';
import { scaled } from './scaling.ts';
import { ownBalancer, type Surroundings } from './services.ts';
import { sharedBalancer } from './shared-balancer.ts';

const NUMBERS = [1, 2, 3];

/** Makes what the services of a stack run in: a VPC, a cluster of this name, the repository of the storefront. */
export const surroundings = (scope: Construct, name: string): Surroundings => {
  const vpc = new Vpc(scope, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
  }) as IVpc;
  return {
    vpc,
    cluster: new Cluster(scope, 'Cluster', { clusterName: name, vpc }) as ICluster,
    repository: Repository.fromRepositoryName(scope, 'Repository', 'storefront-web'),
  };
};

/** Two services behind rules of one balancer, as one pair. */
export class SharedStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ReleasePair(this, 'Shared-pair', {
      pair: 'shared',
      join: 'manual',
      ecs: sharedBalancer(this, surroundings(this, 'shared')),
    });
  }
}

/** A service that Application Auto Scaling scales, as a pair of its own. */
export class ScaledStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const around = surroundings(this, 'scaled');
    new ReleasePair(this, 'Scaled-pair', {
      pair: 'scaled',
      join: 'manual',
      ecs: scaled(this, ownBalancer(this, 'scaled-web', 'web', around)),
    });
  }
}

/** Three services and three functions as one pair, and a pair of each half alone. */
export class FleetStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const around = surroundings(this, 'fleet');

    new ReleasePair(this, 'Fleet', {
      pair: 'fleet',
      join: 'manual',
      ecs: NUMBERS.map((n) => ownBalancer(this, `fleet-web-${n}`, `web-${n}`, around)),
      lambda: NUMBERS.map((n) => fleetFunction(this, `fleet-api-${n}`, `api-${n}`)),
    });
    new ReleasePair(this, 'WebAlone', {
      pair: 'web-alone',
      join: 'manual',
      ecs: ownBalancer(this, 'alone-web', 'web', around),
    });
    new ReleasePair(this, 'ApiAlone', {
      pair: 'api-alone',
      join: 'manual',
      lambda: fleetFunction(this, 'alone-api', 'api'),
    });
  }
}
