/** `tandem undo <release>`: a new release, from what a promoted one went to back to what it came from. */
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { goesBack } from '../core/intent.ts';
import { movingTargets, type ReleaseRecord, type TargetRecord } from '../core/record.ts';
import { ReleaseInput, type Wanted } from '../core/release.ts';
import { type Account, openAccount } from './account.ts';
import { recordsOf } from './records.ts';
import { startRelease } from './start.ts';

/** What people may say of an undo. */
export interface UndoOptions {
  readonly reason?: string;
  readonly by?: string;
  readonly watch?: boolean;
}

/** Why a release cannot be undone, judged by all releases of its pair; undefined when it can. */
export const undoProblem = (
  { release, end, phase, times }: ReleaseRecord,
  all: readonly ReleaseRecord[],
): string | undefined => {
  if (!end) return `${release} is ${phase}: npx tandem abort ${release} takes it back`;
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

/** What one target ran before a release. */
const revisionBefore = async (
  { name, from, registration }: TargetRecord,
  imageOf: ReturnType<typeof imageReader>,
): Promise<[string, Wanted]> => {
  if (!from) throw new Error(`nobody knows what ${name} ran before`);
  return registration.kind === 'ecs'
    ? [name, { image: await imageOf(from.ref, registration.container) }]
    : [name, { version: from.ref }];
};

/** The input of the release that undoes another one. Only older revisions may skip the proof, so a rollback is undone by an ordinary release. */
export const undoOf = (
  { release, pair, intent }: ReleaseRecord,
  targets: Readonly<Record<string, Wanted>>,
  requestedBy: string,
  reason = `Undo of ${release}`,
): ReleaseInput =>
  ReleaseInput.parse({
    ...{ pair, targets, requestedBy, reason },
    intent: goesBack({ intent }) ? 'release' : 'rollback',
  });

/** Starts the release that undoes another one. */
export const undo = async (release: string, options: UndoOptions): Promise<void> => {
  const account = await openAccount();
  const { read, list } = recordsOf(account);
  const record = await read(release);
  const problem = undoProblem(record, await list(record.pair));
  if (problem) throw new Error(problem);
  const imageOf = imageReader(account);
  const targets = await Promise.all(
    movingTargets(record).map((target) => revisionBefore(target, imageOf)),
  );
  const by = options.by ?? account.caller;
  const input = undoOf(record, Object.fromEntries(targets), by, options.reason);
  await startRelease(account, input, options);
};
