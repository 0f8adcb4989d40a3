/** What a client sees when it may not do what it asks for. */
import { describe, expect, it } from 'vitest';
import { modelOf, services } from '../../../packages/sandbox/front/model.ts';
import { denied } from '../../../packages/sandbox/policy/denied.ts';
import { send } from '../front/loopback.ts';

describe('a refusal', () => {
  it.each([
    ['sts', 'GetCallerIdentity', {}, 'AccessDenied', 403],
    ['elasticloadbalancing', 'DescribeLoadBalancers', {}, 'AccessDenied', 403],
    ['cloudwatch', 'DescribeAlarms', {}, 'AccessDenied', 403],
    ['lambda', 'ListFunctions', {}, 'AccessDeniedException', 403],
    ['ecs', 'ListClusters', {}, 'AccessDeniedException', 403],
    ['ecr', 'DescribeRepositories', {}, 'AccessDeniedException', 400],
    ['codedeploy', 'ListApplications', {}, 'AccessDeniedException', 400],
    ['states', 'ListStateMachines', {}, 'AccessDeniedException', 400],
    ['events', 'ListRules', {}, 'AccessDeniedException', 400],
    ['ssm', 'GetParameter', { Name: 'n' }, 'AccessDeniedException', 400],
    ['dynamodb', 'ListTables', {}, 'AccessDeniedException', 400],
  ])(
    'of %s in %s has the name and status of its service',
    async (id, operation, input, name, status) => {
      const model = await modelOf(services.find((row) => row.id === id)!);

      const sent = send(model, operation, input, () => {
        throw denied(id, 'not authorized');
      });

      await expect(sent).rejects.toMatchObject({
        name,
        message: 'not authorized',
        $metadata: { httpStatusCode: status },
      });
    },
  );

  it('of sns goes by the code AuthorizationError', async () => {
    const model = await modelOf(services.find(({ id }) => id === 'sns')!);

    const sent = send(model, 'ListTopics', {}, () => {
      throw denied('sns', 'not authorized');
    });

    await expect(sent).rejects.toMatchObject({
      name: 'AuthorizationErrorException',
      Code: 'AuthorizationError',
      $metadata: { httpStatusCode: 403 },
    });
  });
});
