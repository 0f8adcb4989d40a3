/** Members that an input must have. */
import { describe, expect, it } from 'vitest';
import { documentOf, form, json, noting, scope, textOf } from './requests.ts';

describe('required members', () => {
  it.each([
    ['states', 'AWSStepFunctions.StartExecution', {}, 'ValidationException', 'stateMachineArn'],
    ['events', 'AWSEvents.PutRule', { Name: null }, 'ValidationException', 'Name'],
    [
      'events',
      'AWSEvents.PutTargets',
      { Rule: 'r', Targets: [{ Id: '1', Arn: 'a' }, { Id: '2' }] },
      'ValidationException',
      'Targets.2.member.Arn',
    ],
    [
      'codedeploy',
      'CodeDeploy_20141006.GetDeployment',
      {},
      'DeploymentIdRequiredException',
      'deploymentId',
    ],
    [
      'ecs',
      'AmazonEC2ContainerServiceV20141113.DeleteService',
      {},
      'InvalidParameterException',
      'service',
    ],
    [
      'monitoring',
      'GraniteServiceVersion20100801.DeleteAlarms',
      {},
      'MissingRequiredParameterException',
      'AlarmNames',
    ],
  ])('are asked for by %s in %s', async (service, target, input, name, member) => {
    const { answer, calls } = noting();

    const response = await answer(json(target, input, { authorization: scope(service) }));

    expect(calls).toEqual([]);
    expect(response.status).toBe(400);
    expect(documentOf(response)).toMatchObject({ __type: name });
    expect(textOf(response)).toContain(
      `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
    );
  });

  it.each([
    ['elasticloadbalancing', 'DeleteRule', 'ValidationError', 'RuleArn'],
    ['sns', 'DeleteTopic', 'InvalidParameter', 'TopicArn'],
  ])('are asked for by %s in %s, a form', async (service, action, code, member) => {
    const { answer, calls } = noting();

    const response = await answer(form(`Action=${action}`, { authorization: scope(service) }));

    expect(calls).toEqual([]);
    expect(textOf(response)).toContain(`<Code>${code}</Code>`);
    expect(textOf(response)).toContain(member);
  });

  it('names all that are missing', async () => {
    const { answer } = noting();

    const response = await answer(
      json('AWSEvents.PutTargets', {}, { authorization: scope('events') }),
    );

    expect(documentOf(response).message).toMatch(
      /^2 validation errors detected: .*'Rule'.*'Targets'/,
    );
  });
});
