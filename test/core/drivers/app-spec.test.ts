import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ecsAppSpec } from '../../../core/drivers/codedeploy-ecs/app-spec.ts';
import { lambdaAppSpec } from '../../../core/drivers/codedeploy-lambda/app-spec.ts';
import { api, web } from '../fixture.ts';

describe('an AppSpec', () => {
  it('of a service names the container and five hooks', () => {
    const spec = JSON.parse(ecsAppSpec(web(), 'arn:web:2', 'forward'));
    expect(spec.version).toBe('0.0');
    expect(spec.Resources[0].TargetService.Properties).toEqual({
      TaskDefinition: 'arn:web:2',
      LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
    });
    expect(spec.Hooks).toEqual([
      { BeforeInstall: 'CodeDeployHook_tandem_ecs-before-install' },
      { AfterInstall: 'CodeDeployHook_tandem_ecs-after-install' },
      { AfterAllowTestTraffic: 'CodeDeployHook_tandem_ecs-after-allow-test-traffic' },
      { BeforeAllowTraffic: 'CodeDeployHook_tandem_ecs-before-allow-traffic' },
      { AfterAllowTraffic: 'CodeDeployHook_tandem_after-allow-traffic' },
    ]);
  });

  it.each(['forward', 'rollback'] as const)(
    'of a service that moves %s is launched as before',
    (way) => {
      const spec = JSON.parse(
        ecsAppSpec(web(), 'arn:web:2', way, {
          capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
          platformVersion: '1.4.0',
          networkConfiguration: {
            subnets: ['subnet-1'],
            securityGroups: ['sg-1'],
            assignPublicIp: 'ENABLED',
          },
        }),
      );
      expect(spec.Resources[0].TargetService.Properties).toMatchObject({
        CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
        PlatformVersion: '1.4.0',
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: ['subnet-1'],
            SecurityGroups: ['sg-1'],
            AssignPublicIp: 'ENABLED',
          },
        },
      });
    },
  );

  it('of a function names both versions and two hooks', () => {
    const spec = JSON.parse(lambdaAppSpec(api(), { current: '1', wanted: '2' }, 'forward'));
    expect(spec.Resources[0].api.Properties).toEqual({
      Name: 'storefront-api',
      Alias: 'live',
      CurrentVersion: '1',
      TargetVersion: '2',
    });
    expect(spec.Hooks.flatMap(Object.keys)).toEqual(['BeforeAllowTraffic', 'AfterAllowTraffic']);
  });

  it('that rolls back has no hooks: nothing may hold it', () => {
    expect(JSON.parse(ecsAppSpec(web(), 'arn:web:1', 'rollback'))).not.toHaveProperty('Hooks');
    const back = lambdaAppSpec(api(), { current: '2', wanted: '1' }, 'rollback');
    expect(JSON.parse(back)).not.toHaveProperty('Hooks');
  });

  it('carries any text as a text, and nothing beside it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (version, alias) => {
        const spec = JSON.parse(
          lambdaAppSpec(api({ alias }), { current: version, wanted: version }, 'forward'),
        );
        const { Properties } = spec.Resources[0].api;
        expect(Properties).toEqual({
          Name: 'storefront-api',
          Alias: alias,
          CurrentVersion: version,
          TargetVersion: version,
        });
        expect(Object.keys(spec)).toEqual(['version', 'Resources', 'Hooks']);
      }),
    );
  });
});
