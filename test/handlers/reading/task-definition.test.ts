import { describe, expect, it } from 'vitest';
import {
  cloneWithImage,
  releaseOf,
  startSame,
} from '../../../handlers/drivers/codedeploy-ecs/task-definition.ts';
import twoContainers from '../../data/task-definitions/two-containers.json' with { type: 'json' };

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
    { key: 'aws:cloudformation:stack-name', value: 'shop' },
    { key: 'AWS:reserved', value: 'x' },
  ],
};

describe('the clone of a task definition', () => {
  const target = { container: 'web', repository: 'web' };
  const clone = cloneWithImage(running, target, 'web@sha256:2', 'storefront-2');

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

  it('keeps the tags but those that AWS reserves, and names the release that made it', () => {
    expect(clone.tags).toContainEqual({ key: 'team', value: 'shop' });
    expect(releaseOf(clone.tags)).toBe('storefront-2');
    expect(clone.tags).toHaveLength(2);
  });
});

describe('the clone of a task definition with two containers of one image', () => {
  const described = { taskDefinition: twoContainers as object, tags: twoContainers.tags };
  const image = `111122223333.dkr.ecr.us-east-1.amazonaws.com/storefront-web@sha256:${'2'.repeat(64)}`;
  const target = { container: 'web', repository: 'storefront-web' };
  const clone = cloneWithImage(described, target, image, 'storefront-2');

  it('moves both, and keeps every other setting', () => {
    const { containerDefinitions, tags: _, ...rest } = clone;
    const { containerDefinitions: before, tags: __, ...restBefore } = twoContainers;

    expect(rest).toEqual(restBefore);
    expect(containerDefinitions).toEqual(before.map((container) => ({ ...container, image })));
  });

  it('moves a container that names the same digest with a tag', () => {
    const [web, migrate] = twoContainers.containerDefinitions;
    const tagged = `111122223333.dkr.ecr.us-east-1.amazonaws.com/storefront-web:1@${migrate!.image.split('@')[1]}`;
    const taskDefinition = { containerDefinitions: [web!, { ...migrate, image: tagged }] };

    const { containerDefinitions = [] } = cloneWithImage(
      { taskDefinition: taskDefinition as object },
      target,
      image,
      'storefront-2',
    );

    expect(containerDefinitions.map((container) => container.image)).toEqual([image, image]);
  });

  it.each([
    ['an image of another tag', 'storefront-web', 'storefront-web:1', 'storefront-web:2'],
    ['the same image of another repository', 'storefront-web', 'nginx:1', 'nginx:1'],
  ])('leaves a container alone that runs %s', (_, repository, main, other) => {
    const taskDefinition = {
      containerDefinitions: [
        { name: 'web', image: main },
        { name: 'other', image: other },
      ],
    };

    const { containerDefinitions = [] } = cloneWithImage(
      { taskDefinition },
      { container: 'web', repository },
      image,
      'storefront-2',
    );

    expect(containerDefinitions.map((container) => container.image)).toEqual([image, other]);
  });
});

describe('startSame', () => {
  it('compares settings, not revisions, dates or tags', () => {
    const { taskDefinition, tags } = running;
    expect(startSame(taskDefinition, { ...taskDefinition, revision: 8, tags })).toBe(true);
    expect(startSame(taskDefinition, { ...taskDefinition, cpu: '512' })).toBe(false);
  });
});
