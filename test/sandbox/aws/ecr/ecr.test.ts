import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrService, ecrService } from '../../../../packages/sandbox/aws/ecr/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { configOf } from '../../../../packages/sandbox/containers/image.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import { localCloud, recording, region } from '../../local-cloud.ts';

const fixture = fileURLToPath(new URL('../../containers/fixture', import.meta.url));

describe('ecr', () => {
  let local: ReturnType<typeof localCloud>;
  let ecr: EcrService;
  let events: ReturnType<typeof recording>;

  beforeEach(async () => {
    local = localCloud(
      virtualClock(),
      modelContainers(() => undefined),
    );
    ecr = local.register(ecrService(local.cloud));
    events = local.register(recording('events', { PutEvents: () => ({}) }));
    await local.ask('ecr', 'CreateRepository', { repositoryName: 'web' });
  });
  afterEach(() => local.close());

  const details = () =>
    events.asked.flatMap(({ input }) =>
      input.Entries.map((entry: any) => JSON.parse(entry.Detail)),
    );
  const copyOf = (name: string) => {
    const folder = join(local.cloud.folder, name);
    cpSync(fixture, folder, { recursive: true });
    return folder;
  };

  const manifest = (more: object = {}) =>
    JSON.stringify({ schemaVersion: 2, config: {}, layers: [], ...more });
  const put = (input: object) =>
    local.ask('ecr', 'PutImage', { repositoryName: 'web', imageManifest: manifest(), ...input });

  it.each([
    ['a manifest that is not JSON', { imageManifest: 'x' }, 'imageManifest'],
    ['an empty manifest', { imageManifest: '{}' }, 'imageManifest'],
    ['a list as a manifest', { imageManifest: '[]' }, 'imageManifest'],
    ['the first schema', { imageManifest: manifest({ schemaVersion: 1 }) }, 'imageManifest'],
    ['a manifest without layers', { imageManifest: manifest({ layers: 1 }) }, 'imageManifest'],
    ['a tag with a blank', { imageTag: 'not a tag' }, 'imageTag'],
    ['a tag that begins with a dot', { imageTag: '.1' }, 'imageTag'],
    ['a tag of 301 characters', { imageTag: 'a'.repeat(301) }, 'imageTag'],
  ])('takes no %s', async (_, input, member) => {
    await expect(put(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(`'${member}'`),
    });
  });

  it('takes an index of images, and says that it does not look for layers', async () => {
    const index = JSON.stringify({ schemaVersion: 2, manifests: [] });

    await put({ imageManifest: index, imageTag: '1' });

    expect([...local.notes]).toEqual([expect.stringContaining('without looking for its layers')]);
  });

  it('has no registry but its own', async () => {
    const registryId = '999999999999';

    await expect(
      local.ask('ecr', 'ListImages', { repositoryName: 'web', registryId }),
    ).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    await expect(local.ask('ecr', 'DescribeRepositories', { registryId })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  it('gives the same digest to the same content, wherever it lies, and another to other content', async () => {
    const one = await ecr.push(region, 'web', '1.0.0', fixture);
    const two = await ecr.push(region, 'web', '1.0.1', copyOf('a'));
    const changed = copyOf('b');
    writeFileSync(join(changed, 'server.js'), 'console.log(2)');
    const three = await ecr.push(region, 'web', '2.0.0', changed);

    expect(two.digest).toBe(one.digest);
    expect(three.digest).not.toBe(one.digest);
    expect(one.image).toBe('111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1.0.0');
  });

  it('changes the digest with the configuration, and not with what .dockerignore leaves out', async () => {
    const one = await ecr.push(region, 'web', '1.0.0', fixture);
    const noted = copyOf('a');
    writeFileSync(join(noted, 'notes', 'more.txt'), 'more');
    const dockerfile = copyOf('b');
    writeFileSync(join(dockerfile, 'Dockerfile'), 'FROM node\nCMD ["node", "other.js"]');

    expect((await ecr.push(region, 'web', 'a', noted)).digest).toBe(one.digest);
    expect((await ecr.push(region, 'web', 'b', dockerfile)).digest).not.toBe(one.digest);
  });

  it('keeps a copy of the files that later changes do not reach', async () => {
    const folder = copyOf('a');
    const { digest } = await ecr.push(region, 'web', '1.0.0', folder);
    writeFileSync(join(folder, 'server.js'), 'changed');

    const kept = ecr.imageFolder(digest) ?? '';

    expect(readFileSync(join(kept, 'server.js'), 'utf8')).toContain('createServer');
    expect(existsSync(join(kept, 'notes'))).toBe(false);
    expect(existsSync(join(kept, 'node_modules'))).toBe(false);
    expect(ecr.imageFolder('sha256:other')).toBeUndefined();
  });

  it('links installed packages from the nearest folder up the tree', async () => {
    const { digest } = await ecr.push(region, 'web', '1.0.0', fixture);

    expect(existsSync(join(ecr.imageFolder(digest) ?? '', 'node_modules', 'vitest'))).toBe(true);
  });

  it('says which instructions it does not carry out', async () => {
    await ecr.push(region, 'web', '1.0.0', fixture);

    expect([...local.notes].join()).toContain('RUN (line 7) is not carried out');
  });

  it('tells EventBridge of a push, without a tag if there was none', async () => {
    const { digest } = await ecr.push(region, 'web', undefined, fixture);
    await ecr.push(region, 'web', '1.0.0', fixture);

    expect(details()).toEqual([
      expect.not.objectContaining({ 'image-tag': expect.anything() }),
      expect.objectContaining({ 'image-tag': '1.0.0', 'action-type': 'PUSH', result: 'SUCCESS' }),
    ]);
    expect(details()[0]).toMatchObject({ 'repository-name': 'web', 'image-digest': digest });
  });

  it('knows the media type of what is no image, and whom it belongs to', async () => {
    const subject = { digest: `sha256:${'a'.repeat(64)}` };
    const config = { mediaType: 'application/vnd.cncf.helm.config.v1+json' };
    await put({ imageManifest: manifest({ config }), imageTag: 'chart' });
    const artifactType = 'application/spdx+json';
    await put({ imageManifest: manifest({ config, artifactType, subject }), imageTag: 'sbom' });

    const { imageDetails } = await local.ask('ecr', 'DescribeImages', { repositoryName: 'web' });
    expect(imageDetails).toMatchObject([
      { imageTags: ['chart'], artifactMediaType: config.mediaType },
      { artifactMediaType: artifactType, subjectManifestDigest: subject.digest },
    ]);
    expect(details()).toMatchObject([
      { 'artifact-media-type': config.mediaType },
      { 'artifact-media-type': artifactType },
    ]);
  });

  it.each([
    [false, 0],
    [true, 60_000],
  ])('moves the time of a push with a further tag: %s', async (tagMovesPushTime, later) => {
    Object.assign(local.cloud, { quirks: { ...local.cloud.quirks, tagMovesPushTime } });
    const pushedAt = async () => {
      const { imageDetails } = await local.ask('ecr', 'DescribeImages', { repositoryName: 'web' });
      return imageDetails[0].imagePushedAt.getTime();
    };
    await put({ imageTag: 'a' });
    const first = await pushedAt();
    await local.cloud.clock.until(local.cloud.clock.sleep(60_000));
    await put({ imageTag: 'b' });

    expect((await pushedAt()) - first).toBe(later);
    const [{ Time: one }, { Time: other }] = events.asked.flatMap(({ input }) => input.Entries);
    expect(other.getTime() - one.getTime()).toBe(60_000);
  });

  it('accepts a push that changes nothing and tells nobody', async () => {
    await ecr.push(region, 'web', '1.0.0', fixture);
    await ecr.push(region, 'web', '1.0.0', fixture);

    expect(details()).toHaveLength(1);
  });

  it('moves a mutable tag and refuses to move an immutable one', async () => {
    await local.ask('ecr', 'CreateRepository', {
      repositoryName: 'fixed',
      imageTagMutability: 'IMMUTABLE',
    });
    const changed = copyOf('a');
    writeFileSync(join(changed, 'server.js'), 'other');
    for (const repository of ['web', 'fixed']) await ecr.push(region, repository, '1', fixture);

    const { digest } = await ecr.push(region, 'web', '1', changed);
    const refused = ecr.push(region, 'fixed', '1', changed);

    await expect(refused).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' });
    const { images } = await local.ask('ecr', 'BatchGetImage', {
      repositoryName: 'web',
      imageIds: [{ imageTag: '1' }, { imageTag: 'none' }],
    });
    expect(images.map(({ imageId }: any) => imageId.imageDigest)).toEqual([digest]);
    expect(configOf(images[0].imageManifest)).toMatchObject({
      command: ['node', 'server.js'],
      environment: { VERSION: '1.0.0' },
      ports: [8080],
    });
  });

  it('knows its errors', async () => {
    const imageIds = [{ imageTag: 'none' }];

    await expect(
      local.ask('ecr', 'DescribeImages', { repositoryName: 'web', imageIds }),
    ).rejects.toMatchObject({ name: 'ImageNotFoundException' });
    await expect(
      local.ask('ecr', 'DescribeImages', { repositoryName: 'none' }),
    ).rejects.toMatchObject({ name: 'RepositoryNotFoundException' });
    await expect(
      local.ask('ecr', 'CreateRepository', { repositoryName: 'web' }),
    ).rejects.toMatchObject({ name: 'RepositoryAlreadyExistsException' });
  });

  it('deletes a tag, and the image with its last one', async () => {
    await ecr.push(region, 'web', 'a', fixture);
    await ecr.push(region, 'web', 'b', fixture);
    const remove = (imageTag: string) =>
      local.ask('ecr', 'BatchDeleteImage', { repositoryName: 'web', imageIds: [{ imageTag }] });

    await remove('a');
    expect(
      (await local.ask('ecr', 'ListImages', { repositoryName: 'web' })).imageIds,
    ).toMatchObject([{ imageTag: 'b' }]);
    await remove('b');
    expect((await local.ask('ecr', 'ListImages', { repositoryName: 'web' })).imageIds).toEqual([]);
  });
});
