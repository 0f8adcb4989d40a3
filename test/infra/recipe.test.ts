/** Defects of a well-known recipe for the same task that a template can show: ours has none of them (docs/recipe.md). */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesized.ts';

const stacks = synthesize();
const storefront = stacks['tandem-storefront'];
const registry = stacks['tandem-registry'];

const properties = (type: string): any[] =>
  Object.values(storefront.findResources(type)).map(({ Properties }) => Properties);

describe('deployment groups', () => {
  it('shift traffic between blue and green, for both platforms', () => {
    for (const { DeploymentStyle } of properties('AWS::CodeDeploy::DeploymentGroup'))
      expect(DeploymentStyle).toEqual({
        DeploymentType: 'BLUE_GREEN',
        DeploymentOption: 'WITH_TRAFFIC_CONTROL',
      });
  });

  it('name pairs of target groups with both listeners, and no fleet of EC2', () => {
    storefront.hasResourceProperties('AWS::CodeDeploy::DeploymentGroup', {
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [
          {
            TargetGroups: [{ Name: Match.anyValue() }, { Name: Match.anyValue() }],
            ProdTrafficRoute: { ListenerArns: [Match.anyValue()] },
            TestTrafficRoute: { ListenerArns: [Match.anyValue()] },
          },
        ],
      },
      BlueGreenDeploymentConfiguration: { GreenFleetProvisioningOption: Match.absent() },
    });
  });

  it('roll back on failure, on alarms and on request, and watch alarms', () => {
    for (const group of properties('AWS::CodeDeploy::DeploymentGroup')) {
      expect(group.AutoRollbackConfiguration.Events.toSorted()).toEqual([
        'DEPLOYMENT_FAILURE',
        'DEPLOYMENT_STOP_ON_ALARM',
        'DEPLOYMENT_STOP_ON_REQUEST',
      ]);
      expect(group.AlarmConfiguration.Enabled).toBe(true);
      expect(group.AlarmConfiguration.Alarms.length).toBeGreaterThan(0);
    }
  });
});

describe('the service', () => {
  it('is deployed by CodeDeploy, in private subnets, without a shell from outside', () => {
    storefront.hasResourceProperties('AWS::ECS::Service', {
      DeploymentController: { Type: 'CODE_DEPLOY' },
      EnableExecuteCommand: Match.absent(),
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
  });

  it('checks its health with what its image has, on a root that nobody writes', () => {
    const [{ ContainerDefinitions }] = properties('AWS::ECS::TaskDefinition');

    for (const { HealthCheck, ReadonlyRootFilesystem } of ContainerDefinitions) {
      expect(HealthCheck.Command.slice(0, 2)).toEqual(['CMD', 'node']);
      expect(ReadonlyRootFilesystem).toBe(true);
    }
  });

  it('does not know its colour, which the next release swaps', () => {
    const [{ ContainerDefinitions }] = properties('AWS::ECS::TaskDefinition');

    expect(JSON.stringify(ContainerDefinitions)).not.toMatch(/blue|green/i);
  });
});

it('lets nobody in on a port that no listener has', () => {
  const listened = properties('AWS::ElasticLoadBalancingV2::Listener').map(({ Port }) => Port);
  const opened = properties('AWS::EC2::SecurityGroup')
    .flatMap(({ SecurityGroupIngress = [] }) => SecurityGroupIngress)
    .map(({ FromPort }) => FromPort);

  expect(opened.filter((port) => !listened.includes(port))).toEqual([]);
});

it('keeps a tag on its image, and scans what is pushed', () => {
  registry.hasResourceProperties('AWS::ECR::Repository', {
    ImageTagMutability: 'IMMUTABLE',
    ImageScanningConfiguration: { ScanOnPush: true },
    LifecyclePolicy: Match.anyValue(),
  });
});

it('runs functions of current Node on ARM, and keeps no log for ever', () => {
  for (const stack of [storefront, stacks.tandem]) {
    for (const { Properties } of Object.values(stack.findResources('AWS::Lambda::Function')))
      expect([Properties.Runtime, Properties.Architectures]).toEqual(['nodejs24.x', ['arm64']]);
    for (const { Properties } of Object.values(stack.findResources('AWS::Logs::LogGroup')))
      expect(Properties.RetentionInDays).toBeGreaterThan(0);
  }
});
