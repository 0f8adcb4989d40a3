/** Deployment configurations: the predefined ones of ECS and Lambda, and those that users make. */
import type {
  CreateDeploymentConfigInput,
  DeploymentConfigInfo,
  TrafficRoutingConfig,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import type { Platform } from './appspec.ts';
import { configName } from './lookup.ts';
import { paging } from './paging.ts';
import type { RegionRecord } from './records.ts';
import { uuid } from './uuid.ts';

/** First to last shift of a configuration, in minutes (user guide, "CodeDeploy quotas"). */
const LONGEST_SHIFT = 2880;
const LONGEST_STEP = 99;

const canary = (canaryPercentage: number, canaryInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedCanary',
  timeBasedCanary: { canaryPercentage, canaryInterval },
});

const linear = (linearPercentage: number, linearInterval: number): TrafficRoutingConfig => ({
  type: 'TimeBasedLinear',
  timeBasedLinear: { linearPercentage, linearInterval },
});

const allAtOnce: TrafficRoutingConfig = { type: 'AllAtOnce' };

/** Names as in the user guide: ECS writes "Minutes" even for one, Lambda writes "Minute". */
const PREDEFINED: Readonly<Record<Platform, Readonly<Record<string, TrafficRoutingConfig>>>> = {
  ECS: {
    ECSAllAtOnce: allAtOnce,
    ECSLinear10PercentEvery1Minutes: linear(10, 1),
    ECSLinear10PercentEvery3Minutes: linear(10, 3),
    ECSCanary10Percent5Minutes: canary(10, 5),
    ECSCanary10Percent15Minutes: canary(10, 15),
  },
  Lambda: {
    LambdaAllAtOnce: allAtOnce,
    LambdaLinear10PercentEvery1Minute: linear(10, 1),
    LambdaLinear10PercentEvery2Minutes: linear(10, 2),
    LambdaLinear10PercentEvery3Minutes: linear(10, 3),
    LambdaLinear10PercentEvery10Minutes: linear(10, 10),
    LambdaCanary10Percent5Minutes: canary(10, 5),
    LambdaCanary10Percent10Minutes: canary(10, 10),
    LambdaCanary10Percent15Minutes: canary(10, 15),
    LambdaCanary10Percent30Minutes: canary(10, 30),
  },
};

const RESERVED = 'CodeDeployDefault.';

const predefined: ReadonlyMap<string, DeploymentConfigInfo> = new Map(
  Object.entries(PREDEFINED).flatMap(([computePlatform, configs]) =>
    Object.entries(configs).map(([name, trafficRoutingConfig], index) => [
      RESERVED + name,
      {
        deploymentConfigId: `00000000-0000-0000-0000-${computePlatform === 'ECS' ? 'ec5' : '1ab'}${String(index).padStart(9, '0')}`,
        deploymentConfigName: RESERVED + name,
        computePlatform: computePlatform as Platform,
        trafficRoutingConfig,
      },
    ]),
  ),
);

/** The configuration with which CodeDeploy takes a deployment of a platform back (observed on AWS). */
export const rollbackConfig = (platform: Platform): DeploymentConfigInfo =>
  predefined.get(`${RESERVED}${platform}AllAtOnce`) as DeploymentConfigInfo;

/** The configuration of that name, or DeploymentConfigDoesNotExistException. */
const findConfig = (record: RegionRecord, name: unknown): DeploymentConfigInfo => {
  const known = configName(name);
  const config = predefined.get(known) ?? record.configs.get(known);
  if (config) return config;
  throw new AwsError(
    'DeploymentConfigDoesNotExistException',
    `No Deployment Configuration found for name: ${known}`,
  );
};

/** The configuration of that name if it is for `platform`, or InvalidDeploymentConfigNameException. */
export const findConfigFor = (
  record: RegionRecord,
  platform: Platform,
  name: string | undefined,
): DeploymentConfigInfo => {
  // Without a name AWS takes an EC2 configuration, which no other platform accepts.
  if (name === undefined || name === `${RESERVED}OneAtATime`) {
    throw new AwsError(
      'InvalidDeploymentConfigNameException',
      `The deployment configuration CodeDeployDefault.OneAtATime is not for the compute platform ${platform}`,
    );
  }
  const config = findConfig(record, name);
  if (config.computePlatform === platform) return config;
  throw new AwsError(
    'InvalidDeploymentConfigNameException',
    `The deployment configuration ${name} is not for the compute platform ${platform}`,
  );
};

/** Create, Get and List of deployment configurations. */
export const configOperations = (
  cloud: Cloud,
  recordOf: (region: string) => RegionRecord,
): Record<string, Operation> => ({
  CreateDeploymentConfig: (input: CreateDeploymentConfigInput, { region }) => {
    const { configs } = recordOf(region);
    const name = configName(input.deploymentConfigName);
    if (name.startsWith(RESERVED)) {
      throw new AwsError(
        'InvalidDeploymentConfigNameException',
        `The name of a deployment configuration cannot start with ${RESERVED}`,
      );
    }
    if (configs.has(name)) {
      throw new AwsError(
        'DeploymentConfigAlreadyExistsException',
        `Deployment Configuration already exists: ${name}`,
      );
    }
    const { computePlatform } = input;
    if (computePlatform !== 'ECS' && computePlatform !== 'Lambda') {
      throw new AwsError(
        'InvalidComputePlatformException',
        `The compute platform ${computePlatform ?? 'Server'} is not part of this sandbox: ECS and Lambda are`,
      );
    }
    const deploymentConfigId = uuid(cloud);
    configs.set(name, {
      deploymentConfigId,
      deploymentConfigName: name,
      computePlatform,
      createTime: new Date(cloud.clock.now()),
      trafficRoutingConfig: checkedRouting(input.trafficRoutingConfig),
    });
    return { deploymentConfigId };
  },

  GetDeploymentConfig: ({ deploymentConfigName }, { region }) => ({
    deploymentConfigInfo: findConfig(recordOf(region), deploymentConfigName),
  }),

  ListDeploymentConfigs: ({ nextToken }, { region }) => {
    const names = [...predefined.keys(), ...recordOf(region).configs.keys()];
    const { items, next } = page(paging, names, { nextToken });
    return { deploymentConfigsList: items, ...next };
  },
});

const checkedRouting = (routing: TrafficRoutingConfig | undefined): TrafficRoutingConfig => {
  const refuse = (message: string): never => {
    throw new AwsError('InvalidTrafficRoutingConfigurationException', message);
  };
  const checkStep = (percent: number | undefined, minutes: number | undefined, steps: number) => {
    if (!Number.isInteger(percent) || !(percent! >= 1 && percent! <= LONGEST_STEP)) {
      refuse(`A traffic increment must be 1 to ${LONGEST_STEP} percent`);
    }
    if (!Number.isInteger(minutes) || !(minutes! >= 1 && minutes! * steps <= LONGEST_SHIFT)) {
      refuse(`Traffic must be shifted within 1 to ${LONGEST_SHIFT} minutes`);
    }
  };
  if (!routing?.type) return allAtOnce;
  if (routing.type === 'TimeBasedCanary') {
    if (routing.timeBasedLinear) refuse('A canary has no linear configuration');
    const { canaryPercentage, canaryInterval } = routing.timeBasedCanary ?? {};
    checkStep(canaryPercentage, canaryInterval, 1);
  } else if (routing.type === 'TimeBasedLinear') {
    if (routing.timeBasedCanary) refuse('A linear shift has no canary configuration');
    const { linearPercentage, linearInterval } = routing.timeBasedLinear ?? {};
    checkStep(linearPercentage, linearInterval, Math.ceil(100 / (linearPercentage ?? 1)) - 1);
  } else if (routing.type !== 'AllAtOnce') {
    refuse(`Unknown type of traffic routing: ${routing.type}`);
  }
  return routing;
};
