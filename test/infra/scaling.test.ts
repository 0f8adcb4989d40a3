import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { ReleasePair } from '../../infra/pair/release-pair.ts';
import { importedRoles, importedService } from './imported.ts';

const templateOf = (suspendScaling?: boolean): Template => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const stack = new Stack(new App(), 'shop', { env });
  new ReleasePair(stack, 'Shop', {
    pair: 'shop',
    tags: ['[0-9]*.[0-9]*.[0-9]*'],
    ecs: {
      ...importedService(stack),
      taskRoles: importedRoles(stack),
      ...(suspendScaling === undefined ? {} : { suspendScaling }),
    },
  });
  return Template.fromStack(stack);
};

const rolesForScaling = (template: Template) =>
  Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.includes('ScalingRole'));

it('brings a role for the scaling of a service that asks for it, and updates of that service alone', () => {
  const template = templateOf(true);

  expect(rolesForScaling(template)).toHaveLength(1);
  template.hasResourceProperties('AWS::IAM::Role', {
    Path: '/tandem/eu-west-1/',
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [
        Match.objectLike({
          Condition: {
            ArnEquals: {
              'aws:PrincipalArn': Match.objectLike({
                'Fn::Join': [
                  '',
                  Match.arrayWith([Match.stringLikeRegexp('tandem-set-scaling-eu-west-1')]),
                ],
              }),
            },
          },
        }),
      ],
    }),
    Policies: [
      Match.objectLike({
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 'application-autoscaling:RegisterScalableTarget',
              Condition: {
                StringEquals: {
                  'application-autoscaling:service-namespace': 'ecs',
                  'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
                },
              },
            }),
            Match.objectLike({ Action: ['ecs:DescribeServices', 'ecs:UpdateService'] }),
          ]),
        },
      }),
    ],
  });
});

it.each([[undefined], [false]])('brings none for a service that does not (%o)', (value) => {
  expect(rolesForScaling(templateOf(value))).toEqual([]);
});
