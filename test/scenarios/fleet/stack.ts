/** The stack `fleet`: pairs of other shapes than the storefront's, which scenarios release. */
import { Stack } from 'aws-cdk-lib';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { ReleasePair } from '../../../infra/pair/release-pair.ts';
import { fleetFunction } from './functions.ts';
import { fleetService } from './services.ts';

const NUMBERS = [1, 2, 3];

/** Three services and three functions as one pair, and a pair of each half alone. */
export class FleetStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    }) as IVpc;
    const cluster = new Cluster(this, 'Cluster', { clusterName: 'fleet', vpc }) as ICluster;
    const repository = Repository.fromRepositoryName(this, 'Repository', 'storefront-web');
    const around = { vpc, cluster, repository };

    new ReleasePair(this, 'Fleet', {
      pair: 'fleet',
      join: 'manual',
      ecs: NUMBERS.map((n) => fleetService(this, `fleet-web-${n}`, `web-${n}`, around)),
      lambda: NUMBERS.map((n) => fleetFunction(this, `fleet-api-${n}`, `api-${n}`)),
    });
    new ReleasePair(this, 'WebAlone', {
      pair: 'web-alone',
      join: 'manual',
      ecs: fleetService(this, 'alone-web', 'web', around),
    });
    new ReleasePair(this, 'ApiAlone', {
      pair: 'api-alone',
      join: 'manual',
      lambda: fleetFunction(this, 'alone-api', 'api'),
    });
  }
}
