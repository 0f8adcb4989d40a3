import { describe, expect, it } from 'vitest';
import {
  checkTaskDefinition,
  type TaskDefinitionReading,
} from '../../../core/drivers/codedeploy-ecs/task-definition.ts';
import { codesOf, web } from '../fixture.ts';

const ROLE = 'arn:aws:iam::111122223333:role/shop/web-task';

const reading = (change: Partial<TaskDefinitionReading> = {}): TaskDefinitionReading => ({
  name: 'web:7',
  family: 'web',
  active: true,
  roles: [ROLE],
  containers: [{ name: 'app', image: 'storefront/web:2', ports: [8080] }],
  ...change,
});

describe('checkTaskDefinition', () => {
  const codes = (
    found: TaskDefinitionReading | undefined,
    { taskRoles = [ROLE], image = undefined as string | undefined } = {},
  ) =>
    codesOf(
      checkTaskDefinition(
        web({ taskRoles }),
        { taskDefinition: 'web:7', image },
        found,
        reading({ name: 'web:6' }),
      ),
    );
  const nginx = [{ name: 'app', image: 'nginx:1', ports: [8080] }];

  it.each<[string, TaskDefinitionReading | undefined, string[]]>([
    ['lets a sound revision run', reading(), []],
    ['lets a role be named without its ARN', reading({ roles: ['web-task'] }), []],
    ['refuses one that does not exist', undefined, ['no-such-task-definition']],
    ['refuses one that was deregistered', reading({ active: false }), ['no-such-task-definition']],
    ['refuses another family', reading({ family: 'mail' }), ['wrong-revision']],
    ['refuses one without the container', reading({ containers: [] }), ['target-missing']],
    ['refuses another role', reading({ roles: [ROLE, 'mail-task'] }), ['role-not-allowed']],
    [
      'refuses the image of another repository',
      reading({ containers: nginx }),
      ['foreign-repository'],
    ],
  ])('%s', (_, found, expected) => {
    expect(codes(found)).toEqual(expected);
  });

  it('takes any image of a revision that gets another one', () => {
    expect(codes(reading({ containers: nginx }), { image: 'storefront/web:3' })).toEqual([]);
  });

  it('allows the roles of what runs where the registration is too old to name any', () => {
    expect(codes(reading(), { taskRoles: [] })).toEqual([]);
    expect(codes(reading({ roles: ['mail-task'] }), { taskRoles: [] })).toEqual([
      'role-not-allowed',
    ]);
  });
});
