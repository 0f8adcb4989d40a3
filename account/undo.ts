/** Makes the release that undoes a promoted one: from what it went to, back to what it came from. */
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../core/record/record.ts';
import { ReleaseInput, type Wanted } from '../core/release/input.ts';
import { goesBack } from '../core/release/intent.ts';
import { revisionText } from '../core/release/revision-words.ts';
import { toMilliseconds } from '../core/text/time.ts';
import type { Account } from './account.ts';
import { recordsOf } from './records.ts';

/** Why a release cannot be undone, judged by all releases of its pair; undefined when it can. @internal */
export const undoProblem = (
  { release, end, phase, times }: ReleaseRecord,
  all: readonly ReleaseRecord[],
): string | undefined => {
  if (!end) return `${release} is ${phase}: npx tandem abort ${release} takes it back`;
  if (end === 'NeedsAttention')
    return `${release} needs attention: npx tandem get ${release} shows what to run now`;
  if (end !== 'Promoted') return `${release} ended ${end}: it has left nothing to undo`;
  const later = all.find(
    (other) => other.times.started > times.started && (!other.end || other.end === 'Promoted'),
  );
  if (!later) return undefined;
  return later.end
    ? `${later.release} was promoted after ${release}: undo that one, or name revisions with npx tandem start`
    : `${later.release} is under way: abort it, or wait for its end`;
};

/** Reads which image a task definition runs. */
const imageReader = (account: Account) => {
  const ecs = account.client(ECSClient);
  return async (taskDefinition: string, container: string): Promise<string> => {
    const { taskDefinition: found } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition }),
    );
    const image = found?.containerDefinitions?.find(({ name }) => name === container)?.image;
    if (image) return image;
    throw new Error(`${taskDefinition} has no container ${container}`);
  };
};

/** Image of a task definition by its digest. A tag counts only if it has not been pushed again since the release. */
const imageBefore = async (
  account: Account,
  image: string,
  { name, to, registration }: TargetRecord,
  started: number,
): Promise<string> => {
  if (registration.kind !== 'ecs' || image.includes('@')) return image;
  const imageTag = image.slice(image.lastIndexOf(':') + 1);
  const input = { repositoryName: registration.repository, imageIds: [{ imageTag }] };
  const { imageDetails = [] } = await account
    .client(ECRClient)
    .send(new DescribeImagesCommand(input));
  const { imageDigest, imagePushedAt } = imageDetails[0] ?? {};
  if (imageDigest && imageDigest !== to?.digest && Number(imagePushedAt) < started)
    return `${registration.repository}@${imageDigest}`;
  throw new Error(
    `${name} ran ${image}, and that tag means another image by now: name the image with npx tandem start`,
  );
};

/** What a service ran before a release: its image, and its settings too if these were released. @internal */
export const serviceBefore = (
  { wanted, from }: Pick<TargetRecord, 'wanted' | 'from'>,
  image: string,
): Wanted =>
  'taskDefinition' in wanted && from ? { taskDefinition: from.name, image } : { image };

/** What one target ran before a release. */
const revisionBefore = async (
  account: Account,
  target: TargetRecord,
  imageOf: ReturnType<typeof imageReader>,
  started: number,
): Promise<[string, Wanted]> => {
  const { name, from, registration } = target;
  if (!from) throw new Error(`it is not known what ${name} ran before`);
  if (registration.kind !== 'ecs') return [name, { version: from.ref }];
  const named = await imageOf(from.ref, registration.container);
  const image = await imageBefore(account, named, target, started);
  return [name, serviceBefore(target, image)];
};

/** The input of the release that undoes another one. Only older revisions may skip the proof, so a rollback is undone by an ordinary release. @internal */
export const undoOf = (
  { release, pair, intent }: ReleaseRecord,
  targets: Readonly<Record<string, Wanted>>,
  requestedBy: string,
  reason = `Undo of ${release}`,
): ReleaseInput =>
  ReleaseInput.parse({
    ...{ pair, targets, requestedBy, reason },
    // Whoever undoes a rollback asks again for what it rolled back.
    ...(goesBack({ intent }) ? { intent: 'release', again: reason } : { intent: 'rollback' }),
  });

/** A sentence for each function whose `$LATEST` still holds the code that is undone: the next release would publish it. @internal */
export const leftInLatest = (
  targets: readonly TargetRecord[],
  hashes: Readonly<Record<string, string | undefined>>,
): readonly string[] =>
  targets.flatMap(({ name, to, registration }) =>
    registration.kind === 'lambda' && to?.codeSha256 && hashes[name] === to.codeSha256
      ? [
          `$LATEST of ${name} still holds the code of ${revisionText(to)}: update ${registration.function} before its next release. Until then a release of it is refused (taken-back-before), unless it is started with --again "<why>".`,
        ]
      : [],
  );

/** Reads the hash of the code that `$LATEST` of each function holds. */
const latestHashes = async (
  account: Account,
  targets: readonly TargetRecord[],
): Promise<Readonly<Record<string, string | undefined>>> => {
  const lambda = account.client(LambdaClient);
  const hashes = await Promise.all(
    targets.map(async ({ name, registration }) => {
      if (registration.kind !== 'lambda') return [];
      const input = { FunctionName: registration.function };
      const { CodeSha256 } = await lambda.send(new GetFunctionConfigurationCommand(input));
      return [[name, CodeSha256] as const];
    }),
  );
  return Object.fromEntries(hashes.flat());
};

/** The input of the release that undoes another one. Throws a sentence when that one cannot be undone. */
export const undoInput = async (
  account: Account,
  record: ReleaseRecord,
  { by = account.caller, reason }: { readonly by?: string; readonly reason?: string },
): Promise<ReleaseInput> => {
  const { releases } = await recordsOf(account).list(record.pair);
  const problem = undoProblem(record, releases);
  if (problem) throw new Error(problem);
  const imageOf = imageReader(account);
  const started = toMilliseconds(record.times.started);
  const targets = await Promise.all(
    movingTargets(record).map((target) => revisionBefore(account, target, imageOf, started)),
  );
  return undoOf(record, Object.fromEntries(targets), by, reason);
};

/** A sentence for each function of a release whose `$LATEST` still holds the code that its undo rolls back. */
export const undoneInLatest = async (
  account: Account,
  record: ReleaseRecord,
): Promise<readonly string[]> => {
  const moved = movingTargets(record);
  return leftInLatest(moved, await latestHashes(account, moved));
};
