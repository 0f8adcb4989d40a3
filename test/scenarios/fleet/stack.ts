/** The stack `fleet`: pairs of other shapes than the storefront's, which scenarios release. */
import { Stack } from 'aws-cdk-lib';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { PairSettings } from '../../../core/registration.ts';
import { ecsAlarms } from '../../../infra/pair/ecs-alarms.ts';
import { ecsHalf } from '../../../infra/pair/ecs-half.ts';
import { halfName } from '../../../infra/pair/half.ts';
import { lambdaAlarms } from '../../../infra/pair/lambda-alarms.ts';
import { lambdaHalf } from '../../../infra/pair/lambda-half.ts';
import type { EcsHalf, LambdaHalf } from '../../../infra/pair/props.ts';
import { registerPair } from '../../../infra/pair/registration.ts';
import { ReleasePair } from '../../../infra/pair/release-pair.ts';
import { fleetFunction } from './functions.ts';
import { fleetService } from './services.ts';

const NUMBERS = [1, 2, 3];

/**
 * A pair of many targets. CodeDeploy takes ten alarms in a group, so each group watches those of its own target,
 * and the release watches them all.
 */
const registerFleet = (
  scope: Construct,
  services: readonly EcsHalf[],
  functions: readonly LambdaHalf[],
): void => {
  const settings = PairSettings.parse({ pair: 'fleet', join: 'manual' });
  const own = (name: string) => new Construct(scope, name);
  const common = { ...settings, curveConfigurations: 'existing' } as const;
  for (const half of services) {
    const place = own(half.name);
    const alarms = ecsAlarms(place, halfName('fleet', half), half);
    ecsHalf(place, half, { ...common, allAlarms: alarms }, alarms);
  }
  for (const half of functions) {
    const place = own(half.name);
    const alarms = lambdaAlarms(place, halfName('fleet', half), half);
    const allAlarms = [...alarms.blue, ...alarms.green, ...alarms.alias];
    lambdaHalf(place, half, { ...common, allAlarms }, alarms);
  }
  registerPair(own('Settings'), settings);
};

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

    registerFleet(
      new Construct(this, 'Fleet'),
      NUMBERS.map((n) => fleetService(this, `fleet-web-${n}`, `web-${n}`, around)),
      NUMBERS.map((n) => fleetFunction(this, `fleet-api-${n}`, `api-${n}`)),
    );
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
