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

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** `sha256:…` of a text. */
export const digestOf = (text: string): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/**
 * The OCI manifest of an image with one layer, as a JSON text: same files and same Dockerfile, same text.
 * The configuration travels in the descriptor's `data`, as the OCI image specification 1.1 allows.
 */
export const imageManifest = (dockerfile: Dockerfile, files: Snapshot): string => {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
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
