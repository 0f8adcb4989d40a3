import { createHash } from 'node:crypto';
import type { Dockerfile } from './dockerfile.ts';
import type { Snapshot } from './snapshot.ts';

/** What an image says about the process that it starts. */
export interface ImageConfig {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}

/** What an image is made for. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

/** An image of an index. */
export interface Child {
  readonly digest: string;
  readonly platform: Platform;
}

const indexType = 'application/vnd.oci.image.index.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const attestationType = 'application/vnd.in-toto+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** `sha256:…` of a text. */
export const digestOf = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/**
 * The OCI manifest of an image with one layer, as a JSON text: same files and same Dockerfile, same text.
 * The configuration travels in the descriptor's `data`, as the OCI image specification 1.1 allows.
 */
export const imageManifest = (
  dockerfile: Dockerfile,
  files: Snapshot,
  { os, architecture }: Platform = { os: 'linux', architecture: 'amd64' },
): string => {
  const config = JSON.stringify({
    architecture,
    os,
    config: {
      Env: Object.entries(dockerfile.environment).map(([key, value]) => `${key}=${value}`),
      Entrypoint: dockerfile.entrypoint,
      Cmd: dockerfile.command,
      WorkingDir: dockerfile.workdir,
      ExposedPorts: Object.fromEntries(dockerfile.ports.map((port) => [`${port}/tcp`, {}])),
      Labels: dockerfile.labels,
    },
    rootfs: { type: 'layers', diff_ids: [files.digest] },
  });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: configType,
      digest: digestOf(config),
      size: Buffer.byteLength(config),
      data: Buffer.from(config).toString('base64'),
    },
    layers: [{ mediaType: layerType, digest: files.digest, size: files.size }],
  });
};

/** Platform of what is no image for any: an attestation. */
const NOWHERE: Platform = { os: 'unknown', architecture: 'unknown' };

/**
 * What `docker buildx build --platform …` pushes with its default settings: the manifest of each platform, one with
 * the provenance of each, and the index that names them all.
 */
export const indexOf = (
  dockerfile: Dockerfile,
  files: Snapshot,
  platforms: readonly Platform[],
): { readonly index: string; readonly children: readonly string[] } => {
  const images = platforms.map((platform) => {
    const manifest = imageManifest(dockerfile, files, platform);
    return { manifest, platform, annotations: undefined };
  });
  const attestations = images.map(({ manifest }) => {
    const statement = JSON.stringify({ subject: [{ digest: digestOf(manifest) }] });
    const attestation = JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: { mediaType: configType, digest: digestOf('{}'), size: 2 },
      layers: [
        {
          mediaType: attestationType,
          digest: digestOf(statement),
          size: Buffer.byteLength(statement),
        },
      ],
    });
    const annotations = {
      'vnd.docker.reference.digest': digestOf(manifest),
      'vnd.docker.reference.type': 'attestation-manifest',
    };
    return { manifest: attestation, platform: NOWHERE, annotations };
  });
  const all = [...images, ...attestations];
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: all.map(({ manifest, platform, annotations }) => ({
      mediaType: manifestType,
      digest: digestOf(manifest),
      size: Buffer.byteLength(manifest),
      ...(annotations && { annotations }),
      platform,
    })),
  });
  return { index, children: all.map(({ manifest }) => manifest) };
};

/** The images that a manifest names, if it is an index. */
export const childrenOf = (manifest: string): readonly Child[] =>
  JSON.parse(manifest).manifests ?? [];

/** Whether a manifest is of an image that can be run: not of an index, nor of an attestation. */
export const isRunnable = (manifest: string): boolean => {
  const { layers } = JSON.parse(manifest) as { layers?: readonly { mediaType?: string }[] };
  return layers?.every(({ mediaType }) => mediaType !== attestationType) ?? false;
};

/** Reads the configuration out of a manifest; a manifest that doesn't carry it gives an empty one. */
export const configOf = (manifest: string): ImageConfig => {
  const data = JSON.parse(manifest).config?.data;
  const image = data ? JSON.parse(Buffer.from(data, 'base64').toString()) : {};
  const { Entrypoint = [], Cmd = [], Env = [], ExposedPorts = {} } = image.config ?? {};
  return {
    entrypoint: Entrypoint ?? [],
    command: Cmd ?? [],
    environment: Object.fromEntries((Env ?? []).map((line: string) => line.split(/=(.*)/s))),
    ports: Object.keys(ExposedPorts ?? {}).map((port) => Number.parseInt(port, 10)),
  };
};
