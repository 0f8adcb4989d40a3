import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withArtefact } from '../stage/artefacts.ts';
import { REPOSITORY, type Stage } from '../stage/stage.ts';

/** Service seconds between two builds of a burst. */
const SECONDS_BETWEEN = 2;

/** Pushes builds of one version of the web application, each an image of its own, as a busy CI would. */
export const pushBuilds = async (
  { sandbox: { clock, push } }: Stage,
  version: string,
  count: number,
): Promise<void> => {
  for (let build = 1; build <= count; build += 1) {
    await withArtefact('web-app', version, async (folder) => {
      await writeFile(join(folder, 'build.txt'), `${build}\n`);
      await push(REPOSITORY, `${version}-build.${build}`, folder);
    });
    await clock.until(clock.sleep(SECONDS_BETWEEN * 1000));
  }
};
