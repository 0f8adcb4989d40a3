/** What can be known against a release before anything is started: by the same rules as its first step, with what the caller may read. */
import { CodeDeployClient, paginateListDeploymentConfigs } from '@aws-sdk/client-codedeploy';
import {
  DescribeImagesCommand,
  ECRClient,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { checkCurve, customConfigurations } from '../core/checks/curve.ts';
import { checkWanted, missingImage, missingVersion } from '../core/checks/input.ts';
import { driverOf } from '../core/drivers/drivers.ts';
import { type Registration, unregistered } from '../core/drivers/registration.ts';
import type { Target } from '../core/drivers/target.ts';
import { curveOf } from '../core/protocol/plan.ts';
import { imageOf, type ReleaseInput, readImage, type Wanted } from '../core/release/input.ts';
import type { Reason } from '../core/release/reason.ts';
import type { Account } from './account.ts';
import { registrationsOf } from './registrations.ts';

/** What speaks against a release, and what could not be read. */
export interface Refusals {
  readonly reasons: readonly Reason[];
  /** A sentence for each reading that IAM did not allow: the release makes it itself. */
  readonly unread: readonly string[];
}

const isDenied = (error: unknown): error is Error =>
  error instanceof Error && /^AccessDenied/.test(error.name);

const imageReader = (account: Account) => {
  const ecr = account.client(ECRClient);
  return async (target: string, image: string): Promise<readonly Reason[]> => {
    const { repository, tag, digest } = readImage(image)!;
    const imageIds = [digest ? { imageDigest: digest } : { imageTag: tag }];
    try {
      await ecr.send(new DescribeImagesCommand({ repositoryName: repository, imageIds }));
      return [];
    } catch (error) {
      if (error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException)
        return [missingImage(target, image)];
      throw error;
    }
  };
};

const versionReader = (account: Account) => {
  const lambda = account.client(LambdaClient);
  return async (name: string, functionName: string, version: string) => {
    if (version === 'latest') return [];
    const input = { FunctionName: functionName, Qualifier: version };
    try {
      await lambda.send(new GetFunctionConfigurationCommand(input));
      return [];
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return [missingVersion(name, version)];
      throw error;
    }
  };
};

const curveReasons = async (
  account: Account,
  input: ReleaseInput,
  registration: Registration,
): Promise<readonly Reason[]> => {
  const curve = curveOf(registration, input);
  const targets = Object.keys(input.targets).map((name) => registration.targets[name]!);
  const custom = customConfigurations(curve, targets);
  const existing: string[] = [];
  if (custom.length > 0) {
    const client = account.client(CodeDeployClient);
    for await (const page of paginateListDeploymentConfigs({ client }, {}))
      existing.push(...(page.deploymentConfigsList ?? []));
  }
  return checkCurve(curve, targets, existing).reasons;
};

const reasonsIn = async (
  account: Account,
  input: ReleaseInput,
  registration: Registration,
  tried: (what: string, read: () => Promise<readonly Reason[]>) => Promise<readonly Reason[]>,
): Promise<readonly Reason[]> => {
  const wrong = checkWanted(input, registration);
  if (wrong.length > 0) return wrong;
  const [readImageOf, readVersionOf] = [imageReader(account), versionReader(account)];
  const revision = (target: Target, wanted: Wanted) => {
    const image = imageOf(wanted);
    if (image !== undefined)
      return tried(`whether ${image} exists`, () => readImageOf(target.name, image));
    // The release looks up a task definition itself, with what runs beside it.
    const functionName = driverOf(target).functionOf(target);
    if (!('version' in wanted) || functionName === undefined) return [];
    const { version } = wanted;
    return tried(`whether ${target.name} has version ${version}`, () =>
      readVersionOf(target.name, functionName, version),
    );
  };
  const found = await Promise.all([
    ...Object.entries(input.targets).map(([name, wanted]) =>
      revision(registration.targets[name]!, wanted),
    ),
    tried('whether the curve exists', () => curveReasons(account, input, registration)),
  ]);
  return found.flat();
};

/** Looks up pair, targets, image, version and curve of a release, without starting anything. */
export const refusalsOf = async (account: Account, input: ReleaseInput): Promise<Refusals> => {
  const unread: string[] = [];
  const tried = async <Found>(what: string, read: () => Promise<Found>, otherwise: Found) => {
    try {
      return await read();
    } catch (error) {
      if (!isDenied(error)) throw error;
      unread.push(`IAM does not let you read ${what}; the release checks it itself.`);
      return otherwise;
    }
  };
  const registrations = registrationsOf(account);
  const found = await tried(
    `what the pair ${input.pair} is`,
    () => registrations.find(input.pair),
    undefined,
  );
  if (found === undefined) return { reasons: [], unread };
  if (!('registration' in found)) {
    const known = await tried('which pairs there are', registrations.names, undefined);
    return { reasons: [unregistered(input.pair, found, known)], unread };
  }
  const reasons = await reasonsIn(account, input, found.registration, (what, read) =>
    tried(what, read, []),
  );
  return { reasons, unread };
};
