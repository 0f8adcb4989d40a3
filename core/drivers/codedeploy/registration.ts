/** What a registration says of a target that CodeDeploy moves. */
import * as z from 'zod/mini';
import { NAMED, WATCHED } from '../../release/target.ts';
import { Text } from '../../text/schema.ts';

/** Members that are the same for every platform. */
export const REGISTERED = {
  ...NAMED,
  application: Text.check(z.describe('CodeDeploy application of the target.')),
  deploymentGroup: Text.check(z.describe('CodeDeploy deployment group of the target.')),
  ...WATCHED,
};
