import { driverOf } from '../../core/drivers/drivers.ts';
import type { Registration } from '../../core/drivers/registration.ts';
import {
  type Content,
  promotedBy,
  takenBackBy,
  takenBackReason,
} from '../../core/history/taken-back.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { imageOf, type ReleaseInput, readImage, type Wanted } from '../../core/release/input.ts';
import { goesBack } from '../../core/release/intent.ts';
import type { Reason } from '../../core/release/reason.ts';
import { findVersion } from '../reading/function-version.ts';
import { keepRevisionFate, readRevisionFate } from '../table/taken-back.ts';

/** Remembers which revisions a release rolled back, and which it promoted, before anybody else has the turn. */
export const rememberFates = async (record: ReleaseRecord): Promise<void> => {
  const { pair, release, times } = record;
  const about = { release, at: times.ended! };
  for (const one of takenBackBy(record))
    await keepRevisionFate(pair, one, { ...about, isTakenBack: true });
  for (const one of promotedBy(record))
    await keepRevisionFate(pair, one, { ...about, isTakenBack: false });
};

/** What a wanted revision consists of, as far as that is known yet. */
const contentsOf = async (
  { targets }: Registration,
  target: string,
  wanted: Wanted,
): Promise<readonly Content[]> => {
  const registered = targets[target];
  if ('version' in wanted) {
    const name = registered && driverOf(registered).functionOf(registered);
    if (name === undefined) return [];
    const version = wanted.version === 'latest' ? '$LATEST' : wanted.version;
    const content = (await findVersion(name, version))?.CodeSha256;
    return content === undefined ? [] : [{ target, content }];
  }
  const digest = readImage(imageOf(wanted) ?? '')?.digest;
  const settings = 'taskDefinition' in wanted ? wanted.taskDefinition : undefined;
  return [digest, settings].flatMap((content) =>
    content === undefined ? [] : [{ target, content }],
  );
};

const nameOf = (wanted: Wanted): string => {
  if ('version' in wanted)
    return wanted.version === 'latest' ? 'what $LATEST holds' : `version ${wanted.version}`;
  if ('taskDefinition' in wanted) return `task definition ${wanted.taskDefinition}`;
  const { repository, tag, digest } = readImage(wanted.image) ?? {};
  return `image ${repository}${digest ? `@${digest}` : `:${tag}`}`;
};

/** Reasons against revisions that a release rolled back before; none when the input says why they go again, or rolls back itself. */
export const takenBackBefore = async (
  { pair, intent, again }: ReleaseInput,
  registration: Registration,
  wanted: Readonly<Record<string, Wanted>>,
): Promise<readonly Reason[]> => {
  if (goesBack({ intent }) || again !== undefined) return [];
  const found = await Promise.all(
    Object.entries(wanted).map(async ([target, one]) => {
      const contents = await contentsOf(registration, target, one);
      const fates = await Promise.all(contents.map((content) => readRevisionFate(pair, content)));
      const fate = fates.find((each) => each?.isTakenBack);
      return fate ? [takenBackReason(target, nameOf(one), fate)] : [];
    }),
  );
  return found.flat();
};
