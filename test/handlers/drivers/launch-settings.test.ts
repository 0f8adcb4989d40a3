import type { Service, TaskSet } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { launchSettingsOf } from '../../../handlers/drivers/codedeploy-ecs/launch-settings.ts';

const SPOT = [{ capacityProvider: 'FARGATE_SPOT', base: 1, weight: 3 }];
const network = { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } };

it.each<[string, Service, TaskSet, object]>([
  [
    'keeps strategy, platform version and network of what runs',
    { platformVersion: '1.3.0', capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
    { capacityProviderStrategy: SPOT, networkConfiguration: network, platformVersion: '1.3.0' },
    {
      capacityProviderStrategy: SPOT,
      platformVersion: '1.3.0',
      networkConfiguration: network.awsvpcConfiguration,
    },
  ],
  [
    'takes the strategy of the service where the task set shows neither one nor a launch type',
    { capacityProviderStrategy: SPOT },
    {},
    { capacityProviderStrategy: SPOT },
  ],
  [
    'adds no strategy to a task set that has a launch type',
    { capacityProviderStrategy: SPOT },
    { launchType: 'FARGATE' },
    {},
  ],
  [
    'pins no platform version where the service has LATEST, whatever number its task set shows',
    { platformVersion: 'LATEST' },
    { launchType: 'FARGATE', platformVersion: '1.4.0' },
    {},
  ],
])('%s', (_, service, primary, expected) => {
  expect(launchSettingsOf(service, primary)).toEqual(expected);
});
