import type { Answered } from '../../core/checks/smoke.ts';
import type { Target } from '../../core/drivers/target.ts';
import type { Side } from '../../core/proof/proof.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import type { Named } from '../../core/release/revision-words.ts';
import { provingOf } from '../drivers/proving.ts';
import { rememberedVersion } from '../table/versions.ts';

/** One colour of a target, and how it is sent a request. */
export interface Party {
  readonly side: Side;
  readonly ask: (path: string) => Promise<Answered>;
}

/** What a side is called that shows no single revision. */
const NO_REVISION = 'unknown';

const askOf = async (target: Target, { colour, revision }: Side): Promise<Party['ask']> => {
  if (revision === NO_REVISION) {
    return async () => ({ error: `${target.name} serves no single revision`, unreached: true });
  }
  return provingOf(target).askOf(target, { colour, revision });
};

/** The revision that users of a target reach which the release leaves alone, with the version that is known of it. */
const liveOf = async (pair: string, target: Target): Promise<Named | undefined> => {
  const name = await provingOf(target).liveRevision(target);
  return name === undefined
    ? undefined
    : { name, ...(await rememberedVersion(pair, target.name, { name })) };
};

/** Colours of a target by their revision; a target that does not move has only its blue, which users reach. */
const revisionsOf = async (
  { pair, targets }: ReleaseRecord,
  target: Target,
): Promise<readonly (readonly [Side['colour'], Named | undefined])[]> => {
  const moved = targets[target.name];
  if (!moved) return [['blue', await liveOf(pair, target)]];
  const blue = ['blue', moved.from] as const;
  return moved.unchanged ? [blue] : [blue, ['green', moved.to]];
};

/** Whom there is to ask of a target of the pair, whether the release moves it or leaves it alone. */
export const partiesOf = async (
  record: ReleaseRecord,
  target: Target,
): Promise<readonly Party[]> => {
  const revisions = await revisionsOf(record, target);
  return Promise.all(
    revisions.map(async ([colour, { name: revision, version } = { name: NO_REVISION }]) => {
      const side: Side = { colour, target: target.name, revision, version };
      return { side, ask: await askOf(target, side) };
    }),
  );
};
