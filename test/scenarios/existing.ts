/** A team's own service and function, and the stack with which the team adopts Tandem for them. */
import { join } from 'node:path';
import { App, DefaultStackSynthesizer, type IReusableStackSynthesizer, Stack } from 'aws-cdk-lib';
import { type IVpc, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Cluster, type ICluster } from 'aws-cdk-lib/aws-ecs';
import { AdoptionStack, type Found } from './adoption.ts';
import { fleetFunction } from './fleet/functions.ts';
import { ownBalancer } from './fleet/services.ts';

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
  ownBalancer(stack, 'shop-web', 'web', { vpc, cluster, repository });
  fleetFunction(stack, 'shop-api', 'api');
  return app.synth().directory;
};

/** Synthesizes the stack of a team that adopts Tandem for them; gives the folder. */
export const synthesizeAdoption = (folder: string, found: Found): string => {
  const app = appIn(join(folder, 'adoption'));
  new AdoptionStack(app, 'shop-releases', found);
  return app.synth().directory;
};
