import { describe, expect, it } from 'vitest';
import { childFor, childrenOf, isIndex } from '../../../core/checks/image-index.ts';
import { platformOf } from '../../../core/drivers/codedeploy-ecs/platform.ts';

const index = JSON.stringify({
  manifests: [
    { digest: 'sha256:amd', platform: { os: 'linux', architecture: 'amd64' } },
    { digest: 'sha256:arm', platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { digest: 'sha256:provenance', platform: { os: 'unknown', architecture: 'unknown' } },
  ],
});

describe('an image index', () => {
  it('is known by its media type', () => {
    expect(isIndex('application/vnd.oci.image.index.v1+json')).toBe(true);
    expect(isIndex('application/vnd.docker.distribution.manifest.list.v2+json')).toBe(true);
    expect(isIndex('application/vnd.oci.image.manifest.v1+json')).toBe(false);
    expect(isIndex(undefined)).toBe(false);
  });

  it('has images, and attestations are none', () => {
    expect(childrenOf(index).map(({ digest }) => digest)).toEqual(['sha256:amd', 'sha256:arm']);
    expect(childrenOf('{}')).toEqual([]);
  });

  it.each([
    ['Graviton', { runtimePlatform: { cpuArchitecture: 'ARM64' } }, 'sha256:arm'],
    ['Fargate without a platform', { requiresCompatibilities: ['FARGATE'] }, 'sha256:amd'],
    ['container instances of any platform', {}, 'sha256:amd'],
  ])('gives tasks on %s their image', (_, definition, digest) => {
    expect(childFor('web', 'web:2', childrenOf(index), platformOf(definition))).toMatchObject({
      digest,
    });
  });

  it('without an image for the platform says which it has', () => {
    const platform = platformOf({
      runtimePlatform: {
        operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE',
        cpuArchitecture: 'X86_64',
      },
    });
    expect(childFor('web', 'web:2', childrenOf(index), platform)).toMatchObject({
      code: 'no-such-image',
      text: expect.stringContaining(
        'for windows/amd64, on which web runs; it has linux/amd64, linux/arm64',
      ),
    });
  });
});
