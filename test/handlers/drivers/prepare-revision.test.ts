import '../environment.ts';

import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { Wanted } from '../../../core/release/input.ts';
import { settingText } from '../../../core/release/settings.ts';
import { prepareRevision } from '../../../handlers/drivers/codedeploy-ecs/prepare-revision.ts';
import { web } from '../../core/fixture.ts';
import newSettings from '../../data/task-definitions/new-settings.json' with { type: 'json' };
import twoContainers from '../../data/task-definitions/two-containers.json' with { type: 'json' };

const ecs = mockClient(ECSClient);
const target = web({ container: 'web', repository: 'storefront-web' });
const arnOf = (name: string) => `arn:aws:ecs:us-east-1:111122223333:task-definition/${name}`;
const IMAGE = twoContainers.containerDefinitions[0]!.image;
const OTHER = `${IMAGE.split('@')[0]}@sha256:${'2'.repeat(64)}`;

const revision = (number: number, definition: object) => ({
  taskDefinition: {
    ...definition,
    tags: undefined,
    taskDefinitionArn: arnOf(`storefront-web:${number}`),
    revision: number,
  } as object,
  tags: [],
});

/** Revision 1 runs; 2 has other settings, and 3 is registered if anything is. */
beforeEach(() => {
  ecs.reset();
  ecs
    .on(DescribeTaskDefinitionCommand)
    .callsFake(({ taskDefinition }) =>
      taskDefinition.endsWith(':1') ? revision(1, twoContainers) : revision(2, newSettings),
    );
});

const prepared = async (wanted: Wanted) => {
  const registered: RegisterTaskDefinitionCommandInput[] = [];
  const {
    from,
    to,
    changes = [],
  } = await prepareRevision(
    ecs as unknown as ECSClient,
    { release: 'storefront-2', target, wanted },
    arnOf('storefront-web:1'),
    async (definition) => {
      registered.push(definition);
      return revision(3, definition);
    },
  );
  expect(from.name).toBe('storefront-web:1');
  return {
    to,
    changes: changes.map(settingText),
    registered,
  };
};

it('tells which settings of a named revision are new, and no value of a secret', async () => {
  const { changes } = await prepared({ taskDefinition: 'storefront-web:2' });

  expect(changes).toContain('task memory: 512 → 1024');
  expect(changes).toContain('environment FEATURE_GLOVES: added, on');
  expect(changes).toContain('secret DB: added');
  expect(changes.join()).not.toContain('arn:aws:secretsmanager');
});

it('tells no settings where only the image is new', async () => {
  expect((await prepared({ image: OTHER })).changes).toEqual([]);
});

it('uses a named revision as it is', async () => {
  const { to, registered } = await prepared({ taskDefinition: 'storefront-web:2' });

  expect(registered).toEqual([]);
  expect(to).toEqual({
    name: 'storefront-web:2',
    ref: arnOf('storefront-web:2'),
    digest: newSettings.containerDefinitions[0]!.image.split('@')[1],
  });
});

it('clones a named revision when an image comes with it', async () => {
  const { to, registered } = await prepared({ taskDefinition: 'storefront-web:2', image: OTHER });

  expect(to.name).toBe('storefront-web:3');
  expect(to.digest).toBe(OTHER.split('@')[1]);
  expect(registered).toHaveLength(1);
  expect(registered[0]).toMatchObject({
    memory: newSettings.memory,
    containerDefinitions: [
      { image: OTHER, environment: newSettings.containerDefinitions[0]!.environment },
    ],
  });
});

it('uses a named revision as it is when it names that image already', async () => {
  const { image } = newSettings.containerDefinitions[0]!;
  const { to, registered } = await prepared({ taskDefinition: 'storefront-web:2', image });

  expect([to.name, registered]).toEqual(['storefront-web:2', []]);
});

it.each<[string, Wanted]>([
  ['its revision', { taskDefinition: 'storefront-web:1' }],
  ['its image', { image: IMAGE }],
  ['both', { taskDefinition: 'storefront-web:1', image: IMAGE }],
])('finds nothing to do for what runs, named by %s', async (_, wanted) => {
  const { to, registered } = await prepared(wanted);

  expect([to.name, registered]).toEqual(['storefront-web:1', []]);
});

it('finds nothing to do for a revision with the settings of the one that runs', async () => {
  ecs.on(DescribeTaskDefinitionCommand).resolves(revision(2, twoContainers));
  ecs
    .on(DescribeTaskDefinitionCommand, { taskDefinition: arnOf('storefront-web:1') })
    .resolves(revision(1, twoContainers));

  expect((await prepared({ taskDefinition: 'storefront-web:2' })).to.name).toBe('storefront-web:1');
});

it('finds the revision that its first try registered', async () => {
  const tags = [{ key: 'tandem:release', value: 'storefront-2' }];
  ecs
    .on(DescribeTaskDefinitionCommand, { taskDefinition: 'storefront-web' })
    .resolves({ ...revision(7, twoContainers), tags });

  const { to, registered } = await prepared({ image: OTHER });

  expect([to.name, registered]).toEqual(['storefront-web:7', []]);
});
