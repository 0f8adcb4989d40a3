import { ImagePush, pushProblem } from '../../core/events/image-push.ts';
import { eachOnItsOwn } from '../each-on-its-own.ts';
import { environment } from '../environment.ts';
import { releasePush } from '../push.ts';
import { allRegistrations } from '../registrations.ts';
import { logger } from '../step.ts';
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
  const started: string[] = [];
  const failures = await eachOnItsOwn(await allRegistrations(), async (registration) => {
    const name = await releasePush(registration, {
      repository: detail['repository-name'],
      tag: detail['image-tag']!,
      digest: detail['image-digest'],
      eventId: push.id,
    });
    if (name) started.push(name);
  });
  // Lambda calls again: what was started keeps its name, so it is not started twice.
  if (failures.length > 0) throw new AggregateError(failures, 'not every pair could be asked');
  return { started };
});
