import { ImagePush, pushProblem } from '../../core/events/image-push.ts';
import { isBefore } from '../../core/pushes/adoption.ts';
import { runsImagesOf } from '../../core/pushes/join.ts';
import { environment } from '../function/environment.ts';
import { logger } from '../function/log.ts';
import { eachOnItsOwn } from '../function/settle-each.ts';
import { ignorePush, releasePush } from '../pushes/push.ts';
import { imageOf } from '../validation/images.ts';
import { allRegistrations } from '../validation/registrations.ts';
import { versionTagsOf } from '../validation/version-tags.ts';
import { trigger } from './trigger.ts';

/** A pushed image starts the release that its pair declares; every other push is named in the log and ignored. */
export const handler = trigger(ImagePush, async (push) => {
  const [, , , region = '', account = ''] = environment('releaseMachine').split(':');
  const problem = pushProblem(push, { account, region });
  const { detail } = push;
  if (problem) {
    logger.info('push ignored', { repository: detail['repository-name'], problem });
    return { started: [] };
  }
  const repository = detail['repository-name'];
  const tag = detail['image-tag']!;
  const digest = detail['image-digest'];
  const concerned = (await allRegistrations()).filter(({ registration }) =>
    runsImagesOf(registration, repository),
  );
  if (concerned.length === 0) {
    logger.info('push ignored', { repository, problem: 'no pair runs images of it' });
    return { started: [] };
  }
  const image = await imageOf(repository, digest);
  const started: string[] = [];
  const failures = await eachOnItsOwn(concerned, async ({ registration, written }) => {
    const ignore = (why: string) => ignorePush(registration, { repository, tag, digest }, why);
    if (!image) return ignore('the image is not in the repository any more');
    if (isBefore(push.time, written))
      return ignore('it was pushed before the pair was registered so');
    const pushed = { repository, image, tag, at: push.time, eventId: push.id };
    const name = await releasePush(registration, pushed, await versionTagsOf(registration));
    if (name) started.push(name);
  });
  // Lambda calls again: what was started keeps its name, so it is not started twice.
  if (failures.length > 0) throw new AggregateError(failures, 'not every pair could be asked');
  return { started };
});
