import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Cloud } from '../../cloud.ts';
import { parseDockerfile } from '../../containers/dockerfile.ts';
import { digestOf, imageManifest, indexOf } from '../../containers/image.ts';
import { snapshot } from '../../containers/snapshot.ts';

/** What a push gives. */
interface Pushed {
  readonly digest: string;
  /** Reference for a task definition: by tag, or by digest for a push without a tag. */
  readonly image: string;
}

/**
 * The sandbox's `docker build` and `docker push` in one: takes a copy of a folder that holds a Dockerfile. With
 * platforms (`linux/arm64`) it is buildx's: an index with an image for each.
 */
export type Push = (
  region: string,
  repository: string,
  tag: string | undefined,
  folder: string,
  platforms?: readonly string[],
) => Promise<Pushed>;

const platformIn = (text: string) => {
  const [os = '', architecture = ''] = text.split('/');
  return { os, architecture };
};

const dockerfileOf = (folder: string): Promise<string> =>
  readFile(join(folder, 'Dockerfile'), 'utf8').catch((error) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    if (!existsSync(folder)) throw new Error(`There is no folder ${folder}`);
    const what = error.code === 'ENOTDIR' ? 'is a file' : 'has no Dockerfile';
    throw new Error(`${folder} ${what}: name the folder that holds the Dockerfile`);
  });

/** Makes `push`, which tells `keep` where the files of each digest lie. A push that changes nothing succeeds. */
export const pushInto =
  (cloud: Cloud, keep: (digest: string, folder: string) => void): Push =>
  async (region, repository, tag, folder, platforms = []) => {
    const source = resolve(folder);
    const dockerfile = parseDockerfile(await dockerfileOf(source));
    for (const instruction of dockerfile.ignored) {
      cloud.note(`${join(folder, 'Dockerfile')}: ${instruction} is not carried out by the sandbox`);
    }
    const files = await snapshot(source, join(cloud.folder, 'images'));
    const put = async (imageManifest: string, imageTag?: string): Promise<string> => {
      const digest = digestOf(imageManifest);
      keep(digest, files.folder);
      const input = { repositoryName: repository, imageManifest, ...(imageTag && { imageTag }) };
      await cloud
        .call({
          principal: { kind: 'owner' },
          region,
          service: 'ecr',
          operation: 'PutImage',
          input,
        })
        .catch((error) => {
          if (error.name !== 'ImageAlreadyExistsException') throw error;
        });
      return digest;
    };
    const { index, children } = indexOf(dockerfile, files, platforms.map(platformIn));
    for (const child of children) await put(child);
    const digest = await put(children.length > 0 ? index : imageManifest(dockerfile, files), tag);
    const uri = `${cloud.account}.dkr.ecr.${region}.amazonaws.com/${repository}`;
    return { digest, image: tag ? `${uri}:${tag}` : `${uri}@${digest}` };
  };
