import {
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  type RegisterTaskDefinitionCommandOutput,
} from '@aws-sdk/client-ecs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { errorText, PrepareRoleError } from '../../core/errors.ts';
import type { Visit } from '../../core/events/visit.ts';
import type { ReleaseRecord } from '../../core/record.ts';
import type { EcsTarget } from '../../core/target.ts';
import type { Attempt } from '../visit.ts';

const sts = new STSClient();
const own = new ECSClient();

/** Seconds that a session lasts: the shortest that STS gives. One call is made with it. */
const SESSION = 900;

/** Opens a session of a pair's role; what AWS refuses is thrown as it is. */
const assume = async (RoleArn: string, RoleSessionName: string) => {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName, DurationSeconds: SESSION }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
};

/** Assumes roles of pairs, and makes no call with the sessions. */
export const tryRoles = ({ roles = {} }: Visit): readonly Attempt[] =>
  Object.entries(roles).map(([target, role]) => ({
    action: `sts:AssumeRole ${target}`,
    call: () => assume(role, 'tandem-doctor'),
  }));

type Release = Pick<ReleaseRecord, 'pair' | 'release'>;

/** Name of the session, as CloudTrail shows it: which release registers, and of which pair. STS takes 64 characters. */
export const sessionName = ({ pair, release }: Release): string =>
  `${release}@${pair}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);

const isDenied = (error: unknown): error is Error =>
  error instanceof Error && error.name.startsWith('AccessDenied');

/** What to do about a refusal, with what AWS said. */
const denied = (what: string, { pair }: Release, error: Error): PrepareRoleError =>
  new PrepareRoleError(`${what}: deploy the stack of ${pair} again. AWS: ${errorText(error)}`);

const credentialsOf = async (role: string, target: EcsTarget, release: Release) => {
  try {
    return await assume(role, sessionName(release));
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw denied(`Tandem may not assume the prepareRole of ${target.name}`, release, error);
  }
};

/**
 * Registers a task definition of a target as the pair's own role, which may register no other family and pass no other
 * roles. A pair whose stack brings no such role has granted this step itself what it needs.
 */
export const registerTaskDefinition = async (
  release: Release,
  target: EcsTarget,
  definition: RegisterTaskDefinitionCommandInput,
): Promise<RegisterTaskDefinitionCommandOutput> => {
  const { prepareRole } = target;
  const command = new RegisterTaskDefinitionCommand(definition);
  if (prepareRole === undefined) return own.send(command);
  const ecs = new ECSClient({ credentials: await credentialsOf(prepareRole, target, release) });
  try {
    return await ecs.send(command);
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw denied(
      `The prepareRole of ${target.name} may not register ${definition.family}`,
      release,
      error,
    );
  } finally {
    ecs.destroy();
  }
};
