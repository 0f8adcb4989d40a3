/** Whether CodeDeploy can take on the service role of a group. */
import { AwsError } from '../../aws-error.ts';
import type { Cloud } from '../../cloud.ts';
import { CODEDEPLOY } from './engine/acting.ts';

/** Refuses a role that does not exist, or that does not trust CodeDeploy, with InvalidRoleException. */
export const checkServiceRole = async (
  cloud: Cloud,
  region: string,
  roleArn: string,
): Promise<void> => {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const refuse = () =>
    new AwsError(
      'InvalidRoleException',
      `AWS CodeDeploy does not have the permissions required to assume the role ${roleArn}.`,
    );
  try {
    const { Role } = await cloud.call({
      principal: CODEDEPLOY,
      region,
      service: 'iam',
      operation: 'GetRole',
      input: { RoleName },
    });
    if (!trusts(Role?.AssumeRolePolicyDocument)) throw refuse();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (/^NoSuchEntity/.test(error.name)) throw refuse();
    // A sandbox may run without IAM: then every role exists.
    if (error.name !== 'UnknownOperationException') throw error;
  }
};

/** IAM gives the document as URL-encoded JSON; a document that is not shown is not judged. */
const trusts = (document: unknown): boolean =>
  typeof document !== 'string' ||
  /codedeploy(\.[a-z0-9-]+)?\.amazonaws\.com/.test(decodeURIComponent(document));
