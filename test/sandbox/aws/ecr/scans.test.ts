import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EcrService, ecrService } from '../../../../packages/sandbox/aws/ecr/service.ts';
import { virtualClock } from '../../../../packages/sandbox/clock/virtual-clock.ts';
import { modelContainers } from '../../../../packages/sandbox/containers/model-containers.ts';
import { localCloud, region } from '../../local-cloud.ts';

const fixture = fileURLToPath(new URL('../../containers/fixture', import.meta.url));
const FINDINGS = [
  { name: 'CVE-1', severity: 'CRITICAL' },
  { name: 'CVE-2', severity: 'LOW' },
  { name: 'CVE-3', severity: 'LOW' },
];

describe('scans of images', () => {
  const clock = () => local.cloud.clock;
  let local: ReturnType<typeof localCloud>;
  let ecr: EcrService;
  beforeEach(() => {
    local = localCloud(
      virtualClock(),
      modelContainers(() => undefined),
    );
    ecr = local.register(ecrService(local.cloud));
  });
  afterEach(() => local.close());

  const pushed = async (scanOnPush: boolean, findings?: readonly object[]) => {
    await local.ask('ecr', 'CreateRepository', {
      repositoryName: 'web',
      imageScanningConfiguration: { scanOnPush },
    });
    const folder = join(local.cloud.folder, 'app');
    cpSync(fixture, folder, { recursive: true });
    if (findings) writeFileSync(join(folder, 'scan-findings.json'), JSON.stringify(findings));
    const { digest } = await ecr.push(region, 'web', '1', folder);
    return {
      digest,
      scan: (input: object = {}) =>
        local.ask('ecr', 'DescribeImageScanFindings', {
          repositoryName: 'web',
          imageId: { imageTag: '1' },
          ...input,
        }),
      start: () =>
        local.ask('ecr', 'StartImageScan', { repositoryName: 'web', imageId: { imageTag: '1' } }),
    };
  };
  const pass = (seconds: number) => clock().until(clock().sleep(seconds * 1000));

  it('begin with the push, take a while, and find what the image lists', async () => {
    const { digest, scan } = await pushed(true, FINDINGS);

    expect(await scan()).toEqual({
      registryId: '111122223333',
      repositoryName: 'web',
      imageId: { imageDigest: digest, imageTag: '1' },
      imageScanStatus: { status: 'IN_PROGRESS' },
    });
    await pass(60);
    expect(await scan()).toMatchObject({
      imageScanStatus: { status: 'COMPLETE' },
      imageScanFindings: {
        findingSeverityCounts: { CRITICAL: 1, LOW: 2 },
        findings: FINDINGS,
        imageScanCompletedAt: new Date('2026-01-05T09:00:40.000Z'),
      },
    });
  });

  it('list findings in pages, with the counts of all', async () => {
    const { scan } = await pushed(true, FINDINGS);
    await pass(60);

    const first = await scan({ maxResults: 2 });
    const second = await scan({ maxResults: 2, nextToken: first.nextToken });

    expect(first.imageScanFindings.findings).toEqual(FINDINGS.slice(0, 2));
    expect(second.imageScanFindings.findings).toEqual(FINDINGS.slice(2));
    expect(second.imageScanFindings.findingSeverityCounts).toEqual({ CRITICAL: 1, LOW: 2 });
    expect(second.nextToken).toBeUndefined();
  });

  it('find nothing in an image that lists nothing', async () => {
    const { scan } = await pushed(true);
    await pass(60);

    expect((await scan()).imageScanFindings).toMatchObject({
      findings: [],
      findingSeverityCounts: {},
    });
  });

  it('happen on demand where the repository does not scan on push, once a day', async () => {
    const { scan, start, digest } = await pushed(false);

    await expect(scan()).rejects.toMatchObject({
      name: 'ScanNotFoundException',
      message:
        "Image scan does not exist for the image with '{imageDigest:'null', imageTag:'1'}' in the repository with name 'web' in the registry with id '111122223333'",
    });
    expect(await start()).toMatchObject({
      imageId: { imageDigest: digest },
      imageScanStatus: { status: 'IN_PROGRESS' },
    });
    await pass(60);
    expect((await scan()).imageScanStatus.status).toBe('COMPLETE');
    await expect(start()).rejects.toMatchObject({ name: 'LimitExceededException' });
  });

  it('are of the images of an index, not of the index itself, nor of an attestation', async () => {
    await local.ask('ecr', 'CreateRepository', {
      repositoryName: 'web',
      imageScanningConfiguration: { scanOnPush: true },
    });
    const { digest } = await ecr.push(region, 'web', '1', fixture, ['linux/amd64', 'linux/arm64']);
    const { images } = await local.ask('ecr', 'BatchGetImage', {
      repositoryName: 'web',
      imageIds: [{ imageDigest: digest }],
    });
    const { manifests } = JSON.parse(images[0].imageManifest);
    const scanned = (imageDigest: string) =>
      local
        .ask('ecr', 'DescribeImageScanFindings', {
          repositoryName: 'web',
          imageId: { imageDigest },
        })
        .then(
          () => 'scanned',
          (error) => error.name,
        );
    await pass(60);

    expect(
      await Promise.all(
        manifests.map(async ({ digest: child, platform }: any) => [
          platform.architecture,
          await scanned(child),
        ]),
      ),
    ).toEqual([
      ['amd64', 'scanned'],
      ['arm64', 'scanned'],
      ['unknown', 'ScanNotFoundException'],
      ['unknown', 'ScanNotFoundException'],
    ]);
    expect(await scanned(digest)).toBe('ScanNotFoundException');
    await expect(
      local.ask('ecr', 'StartImageScan', {
        repositoryName: 'web',
        imageId: { imageDigest: digest },
      }),
    ).rejects.toMatchObject({ name: 'UnsupportedImageTypeException' });
  });

  it('are of images that are there', async () => {
    const { scan } = await pushed(true);

    await expect(scan({ imageId: { imageTag: '2' } })).rejects.toMatchObject({
      name: 'ImageNotFoundException',
    });
  });
});
