import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../../../core/drivers/target.ts';
import { ecs as own } from '../../aws/ecs.ts';
import { SILENT } from '../../aws/silent.ts';
import { asPair, type Release } from '../pair-role.ts';

/**
 * Registers a task definition of a target as the pair's own role, which may register no other family and pass no other
 * roles. A pair whose stack brings no such role has granted this step itself what it needs.
 */
export const registerTaskDefinition = (
  release: Release,
  { name, prepareRole }: EcsTarget,
  definition: RegisterTaskDefinitionCommandInput,
): Promise<RegisterTaskDefinitionCommandOutput> => {
  const command = new RegisterTaskDefinitionCommand(definition);
  if (prepareRole === undefined) return own.send(command);
  const role = { arn: prepareRole, name: `prepareRole of ${name}` };
  return asPair(release, role, `register ${definition.family}`, async (credentials) => {
    const ecs = new ECSClient({ ...SILENT, credentials });
    try {
      return await ecs.send(command);
    } finally {
      ecs.destroy();
    }
  });
};
