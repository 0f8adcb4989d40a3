import { describe, expect, it } from 'vitest';
import { cloneWithImage, releaseOf } from '../../../handlers/targets/task-definition.ts';

/** What DescribeTaskDefinition says of a revision with everything that a clone could lose. */
const running = {
  $metadata: {},
  taskDefinition: {
    taskDefinitionArn: 'arn:aws:ecs:us-east-1:111122223333:task-definition/web:7',
    revision: 7,
    status: 'ACTIVE' as const,
    requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth' }],
    compatibilities: ['FARGATE' as const],
    registeredAt: new Date(0),
    deregisteredAt: new Date(0),
    deleteRequestedAt: new Date(0),
    registeredBy: 'arn:aws:iam::111122223333:user/ada',
    family: 'web',
    cpu: '256',
    placementConstraints: [{ type: 'memberOf' as const, expression: 'attribute:x' }],
    volumes: [{ name: 'scratch' }],
    containerDefinitions: [
      { name: 'web', image: 'web:1', environment: [{ name: 'A', value: 'b' }] },
      { name: 'proxy', image: 'envoy:1' },
    ],
  },
  tags: [
    { key: 'team', value: 'shop' },
    { key: 'tandem:release', value: 'storefront-1' },
  ],
};

describe('the clone of a task definition', () => {
  const clone = cloneWithImage(running, 'web', 'web@sha256:2', 'storefront-2');

  it('differs from what runs in the image of one container only', () => {
    expect(clone).toMatchObject({
      family: 'web',
      cpu: '256',
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:x' }],
      volumes: [{ name: 'scratch' }],
      containerDefinitions: [
        { name: 'web', image: 'web@sha256:2', environment: [{ name: 'A', value: 'b' }] },
        { name: 'proxy', image: 'envoy:1' },
      ],
    });
  });

  it('has no member that RegisterTaskDefinition refuses', () => {
    for (const member of [
      'taskDefinitionArn',
      'revision',
      'status',
      'requiresAttributes',
      'compatibilities',
      'registeredAt',
      'deregisteredAt',
      'deleteRequestedAt',
      'registeredBy',
    ])
      expect(clone).not.toHaveProperty(member);
  });

  it('keeps the tags, and names the release that made it', () => {
    expect(clone.tags).toContainEqual({ key: 'team', value: 'shop' });
    expect(releaseOf(clone.tags)).toBe('storefront-2');
    expect(clone.tags).toHaveLength(2);
  });
});
