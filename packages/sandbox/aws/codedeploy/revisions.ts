/** Revisions of an application: AppSpecs, known by the SHA-256 of their content. */
import { createHash } from 'node:crypto';
import type { RevisionLocation } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../../aws-error.ts';
import type { Cloud } from '../../cloud.ts';
import { parseAppSpec } from './appspec.ts';
import type { ApplicationRecord, RevisionRecord } from './records.ts';

/** Characters of a description (user guide). */
const LONGEST_DESCRIPTION = 256;

/** Refuses a description of more than 256 characters. */
export const checkDescription = (description: string | undefined): void => {
  if ((description?.length ?? 0) > LONGEST_DESCRIPTION) {
    throw new AwsError(
      'DescriptionTooLongException',
      `The description is longer than ${LONGEST_DESCRIPTION} characters`,
    );
  }
};

/** Hex SHA-256 of the content of an AppSpec revision. */
export const shaOf = (location: RevisionLocation): string | undefined =>
  (location.appSpecContent ?? location.string)?.sha256;

/**
 * Registers the AppSpec of a revision with an application; a revision named by its hash alone must have been
 * registered before. Throws RevisionRequired, InvalidRevision or RevisionDoesNotExist.
 */
export const registerRevision = (
  cloud: Cloud,
  application: ApplicationRecord,
  revision: RevisionLocation | undefined,
  description?: string,
): RevisionRecord => {
  const body = bodyOf(revision);
  if (body.content === undefined) return findRevision(application, revision);
  parseAppSpec(application.platform, body.content);
  const sha256 = createHash('sha256').update(body.content).digest('hex');
  if (body.sha256 !== undefined && body.sha256.toLowerCase() !== sha256) {
    throw new AwsError(
      'InvalidRevisionException',
      'The SHA-256 of the revision is not the one of its content',
    );
  }
  const known = application.revisions.get(sha256);
  if (known) return known;
  const registered: RevisionRecord = {
    location: { revisionType: 'AppSpecContent', appSpecContent: { content: body.content, sha256 } },
    info: { registerTime: new Date(cloud.clock.now()), ...(description && { description }) },
  };
  application.revisions.set(sha256, registered);
  return registered;
};

/** `String` is the deprecated name of `AppSpecContent`. */
const bodyOf = (revision: RevisionLocation | undefined) => {
  if (!revision?.revisionType) {
    throw new AwsError('RevisionRequiredException', 'A revision with its type is required');
  }
  const body = revision.revisionType === 'String' ? revision.string : revision.appSpecContent;
  if (body?.content === undefined && body?.sha256 === undefined) {
    throw new AwsError(
      'InvalidRevisionException',
      'ECS and Lambda deployments take a revision of the type AppSpecContent with its content',
    );
  }
  return body;
};

/** The registered revision that a location names by content or hash, or RevisionDoesNotExistException. */
export const findRevision = (
  application: ApplicationRecord,
  revision: RevisionLocation | undefined,
): RevisionRecord => {
  const { content, sha256 } = bodyOf(revision);
  const key =
    sha256 ??
    createHash('sha256')
      .update(content ?? '')
      .digest('hex');
  const found = application.revisions.get(key.toLowerCase());
  if (found) return found;
  throw new AwsError(
    'RevisionDoesNotExistException',
    `No revision of ${application.name} has the SHA-256 ${key}`,
  );
};
