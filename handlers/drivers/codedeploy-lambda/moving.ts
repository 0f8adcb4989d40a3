import {
  type FunctionConfiguration,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { START } from '../../../core/drivers/codedeploy/events.ts';
import { lambdaAppSpec } from '../../../core/drivers/codedeploy-lambda/app-spec.ts';
import { checkSideBySide, checkVersion } from '../../../core/drivers/codedeploy-lambda/version.ts';
import { configurationOf } from '../../../core/drivers/curves.ts';
import type { LambdaTarget } from '../../../core/drivers/target.ts';
import {
  hookOf,
  type ReleaseRecord,
  type Revision,
  type TargetRecord,
} from '../../../core/record/record.ts';
import type { Reason } from '../../../core/release/reason.ts';
import { settingChanges } from '../../../core/release/settings.ts';
import {
  FunctionChangedError,
  VersionFailedError,
  VersionPendingError,
  VersionsUnlikeError,
} from '../../../core/text/errors.ts';
import { lambda } from '../../aws/lambda.ts';
import { forPeople } from '../../function/for-people.ts';
import { settingsOfFunction } from '../../reading/settings.ts';
import { versionTagOf } from '../../validation/version-tags.ts';
import { codedeployCalls } from '../codedeploy/calls.ts';
import { readDeployments } from '../codedeploy/deployment-reading.ts';
import {
  BACKWARD,
  createOnce,
  FIRST_ATTEMPT,
  forwardOf,
  markerOf,
  readBeside,
  withForward,
} from '../codedeploy/deployments.ts';
import { answerHook } from '../codedeploy/hooks.ts';
import type { TargetDriver } from '../driver.ts';
import { functionOf } from './registration.ts';
import { readingOf, sharedSettingsOf } from './version.ts';
import { pointAlarms } from './version-alarms.ts';

const readAlias = (target: LambdaTarget) =>
  lambda.send(new GetAliasCommand({ FunctionName: target.function, Name: target.alias }));

const readVersion = (target: LambdaTarget, version: string) =>
  lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: target.function, Qualifier: version }),
  );

const revisionOf = (
  version: string,
  codeSha256: string | undefined,
  called?: string | undefined,
): Revision => ({
  name: version,
  ref: version,
  ...(called === undefined ? {} : { version: called }),
  ...(codeSha256 ? { codeSha256 } : {}),
});

/** What a published version is called: as $LATEST, while that still holds its code and its settings. */
const calledAs = async (target: LambdaTarget, version: FunctionConfiguration) =>
  forPeople(async () => {
    const latest = await readVersion(target, '$LATEST');
    const changes = settingChanges(settingsOfFunction(version), settingsOfFunction(latest));
    const isSame = latest.CodeSha256 === version.CodeSha256 && changes.length === 0;
    return isSame ? versionTagOf(target.function) : undefined;
  });

/** How PublishVersion says that the function is not, or not yet, what its guards name: changed, or being changed. */
const CHANGED = ['PreconditionFailedException', 'ResourceConflictException'];

const inSentences = (reasons: readonly Reason[]): string =>
  reasons.map(({ text }) => text).join(' ');

/** Throws while a version, or $LATEST, is still being made or updated, and when that failed. */
const requireMade = (
  target: LambdaTarget,
  version: string,
  configuration: FunctionConfiguration,
): void => {
  const { verdict, reasons } = checkVersion(target, version, readingOf(configuration));
  const text = inSentences(reasons);
  if (verdict === 'inconclusive') throw new VersionPendingError(text);
  if (verdict === 'fail') throw new VersionFailedError(text);
};

/** Throws when the curve splits traffic between two versions that Lambda would not let share an alias. */
const requireAlike = (
  target: LambdaTarget,
  { curve }: ReleaseRecord,
  from: FunctionConfiguration,
  to: FunctionConfiguration,
): void => {
  const { reasons } = checkSideBySide(target, curve, sharedSettingsOf(from), sharedSettingsOf(to));
  if (reasons.length > 0) throw new VersionsUnlikeError(inSentences(reasons));
};

/** What $LATEST says that it is. */
const calledNow = (target: LambdaTarget): Promise<string | undefined> =>
  forPeople(() => versionTagOf(target.function));

/**
 * Publishes what $LATEST holds now, and reads what it is called before anybody can change that: the tag of a function
 * is that of its next version as soon as CI comes again. Throws FunctionChangedError when others change the function
 * in between.
 */
const publish = async (
  target: LambdaTarget,
): Promise<{ readonly version: string; readonly called: string | undefined }> => {
  const latest = await readVersion(target, '$LATEST');
  requireMade(target, '$LATEST', latest);
  const { CodeSha256, RevisionId } = latest;
  const called = await calledNow(target);
  try {
    const { Version } = await lambda.send(
      new PublishVersionCommand({
        FunctionName: target.function,
        ...(CodeSha256 ? { CodeSha256 } : {}),
        ...(RevisionId ? { RevisionId } : {}),
      }),
    );
    return { version: Version ?? '', called };
  } catch (error) {
    const { name, message } = error as Error;
    if (!CHANGED.includes(name)) throw error;
    throw new FunctionChangedError(
      `The function ${target.function} was changed while its version was being published: ${message} Start the release again when nobody updates it`,
    );
  }
};

const describe = async (record: ReleaseRecord, target: TargetRecord) => {
  const registration = functionOf(target);
  const { FunctionVersion = '', RoutingConfig } = await readAlias(registration);
  const extra = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).filter(
    ([, weight]) => weight > 0,
  );
  const rest = extra.reduce((sum, [, weight]) => sum + weight, 0);
  const shares = new Map([...extra, [FunctionVersion, 1 - rest] as const]);
  const third = [...shares.keys()].find(
    (version) => version !== target.from?.ref && version !== target.to?.ref,
  );
  const deployments = await readDeployments(target);
  const own = [target.forward, deployments.forward?.rollbackId, ...target.back];
  return {
    live: extra.length > 0 ? 'mixed' : FunctionVersion,
    ...(extra.length > 0 && third !== undefined ? { third } : {}),
    share: Math.round(100 * (shares.get(target.to?.ref ?? '') ?? 0)),
    ...(extra.length > 0
      ? { shares: Object.fromEntries([...shares].map(([name, share]) => [name, 100 * share])) }
      : {}),
    ...deployments,
    ...(await readBeside(record, target, own)),
  };
};

const deploy = (
  record: ReleaseRecord,
  target: TargetRecord,
  way: { direction: 'forward' | 'rollback'; attempt: number; current: string; wanted: string },
) =>
  createOnce(target.registration, markerOf(record, target, way.direction, way.attempt), {
    appSpec: lambdaAppSpec(functionOf(target), way, way.direction),
    deploymentConfigName: configurationOf(
      'codedeploy-lambda',
      way.direction === 'forward' ? record.curve : { type: 'all-at-once' },
    ).name,
    ...(way.direction === 'forward' ? forwardOf(record) : BACKWARD),
  });

/** A function behind its alias, moved by CodeDeploy. */
export const lambdaDriver: TargetDriver = {
  ...codedeployCalls,

  async prepare(record, target) {
    const registration = functionOf(target);
    const { FunctionVersion = '' } = await readAlias(registration);
    const wanted = 'version' in target.wanted ? target.wanted.version : '';
    const published = wanted === 'latest' ? await publish(registration) : undefined;
    const version = published?.version ?? wanted;
    const [old, made] = await Promise.all([
      readVersion(registration, FunctionVersion),
      readVersion(registration, version),
    ]);
    requireMade(registration, version, made);
    requireAlike(registration, record, old, made);
    await pointAlarms(registration.versionAlarms.blue, FunctionVersion);
    await pointAlarms(registration.versionAlarms.green, version);
    const called = published ? published.called : await calledAs(registration, made);
    return {
      from: revisionOf(FunctionVersion, old.CodeSha256),
      to: revisionOf(version, made.CodeSha256, called),
      changes: settingChanges(settingsOfFunction(old), settingsOfFunction(made)),
    };
  },

  launch: (record, target) =>
    deploy(record, target, {
      direction: 'forward',
      attempt: FIRST_ATTEMPT,
      current: target.from?.ref ?? '',
      wanted: target.to?.ref ?? '',
    }),

  async shift(record, target) {
    const hook = hookOf(record, target.forward, START);
    const answer = hook ? await answerHook(hook, 'Succeeded') : 'Failed';
    return answer === 'Succeeded' ? 'goes-on' : 'ended';
  },

  observe: async (record, target) => describe(record, await withForward(record, target)),

  endGuard: async () => undefined,

  async redeploy(record, target, attempt) {
    const { FunctionVersion = '' } = await readAlias(functionOf(target));
    return deploy(record, target, {
      direction: 'rollback',
      attempt,
      current: FunctionVersion,
      wanted: target.from?.ref ?? '',
    });
  },

  async restore(target) {
    const registration = functionOf(target);
    const { RevisionId } = await readAlias(registration);
    await lambda.send(
      new UpdateAliasCommand({
        FunctionName: registration.function,
        Name: registration.alias,
        FunctionVersion: target.from?.ref ?? '',
        RoutingConfig: { AdditionalVersionWeights: {} },
        ...(RevisionId ? { RevisionId } : {}),
      }),
    );
  },
};
