/** Sessions of the roles that pairs bring: each may do what only its own pair needs, and only one step may assume it. */
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Visit } from '../../core/events/visit.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { errorText, PairRoleError } from '../../core/text/errors.ts';
import { sts } from '../aws/sts.ts';
import type { Attempt } from '../function/visit.ts';

/** Seconds that a session lasts: the shortest that STS gives. Few calls are made with it. */
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

/** For which release a session is. */
export type Release = Pick<ReleaseRecord, 'pair' | 'release'>;

/** A pair's role, and what people call it. */
export interface PairRole {
  readonly arn: string;
  /** E.g. `prepareRole of web`. */
  readonly name: string;
}

/** Name of the session, as CloudTrail shows it: which release acts, and of which pair. STS takes 64 characters. @internal */
export const sessionName = ({ pair, release }: Release): string =>
  `${release.slice(0, Math.max(1, 63 - pair.length))}@${pair}`
    .replace(/[^\w+=,.@-]/g, '-')
    .slice(0, 64);

const isDenied = (error: unknown): error is Error =>
  error instanceof Error && error.name.startsWith('AccessDenied');

/** The call's answer. A PairRoleError says what to do where AWS refuses it: `what` begins the sentence. */
const unlessDenied = async <T>(what: string, { pair }: Release, call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw new PairRoleError(`${what}: deploy the stack of ${pair} again. AWS: ${errorText(error)}`);
  }
};

/** What a client makes its calls with. */
export type Credentials = Awaited<ReturnType<typeof assume>>;

/**
 * Acts as a role of the pair: `act` makes calls with its credentials. A PairRoleError says which of both AWS refuses;
 * `deed` ends the sentence, e.g. `register shop-web`.
 */
export const asPair = async <T>(
  release: Release,
  { arn, name }: PairRole,
  deed: string,
  act: (credentials: Credentials) => Promise<T>,
): Promise<T> => {
  const credentials = await unlessDenied(
    `Tandem may not assume the ${name}`,
    release,
    assume(arn, sessionName(release)),
  );
  return unlessDenied(`The ${name} may not ${deed}`, release, act(credentials));
};
