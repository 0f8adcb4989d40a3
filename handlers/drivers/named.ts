import { versionLine } from '../../core/images/image-version.ts';
import type { ReleaseRecord, Revision, TargetRecord } from '../../core/record/record.ts';
import { rememberedVersion, rememberVersion } from '../table/versions.ts';
import type { Prepared } from './driver.ts';

const withNames = (
  { version: _version, commit: _commit, ...revision }: Revision,
  said: string | undefined,
  commit: string | undefined,
): Revision => {
  const version = said === undefined ? undefined : versionLine(said);
  return {
    ...revision,
    ...(version === undefined ? {} : { version }),
    ...(commit === undefined ? {} : { commit }),
  };
};

/**
 * Both revisions of a target with what people know them by, which is remembered for the releases that come from them.
 * A release that names a version, or publishes one, says what it is; for any other revision the release says it that
 * brought it, and else what can be read now.
 */
export const named = async (
  { pair, change }: Pick<ReleaseRecord, 'pair' | 'change'>,
  { name, wanted, version }: Pick<TargetRecord, 'name' | 'wanted' | 'version'>,
  { from, to }: Pick<Prepared, 'from' | 'to'>,
): Promise<Pick<Prepared, 'from' | 'to'>> => {
  const [before, after] = await Promise.all([
    rememberedVersion(pair, name, from),
    rememberedVersion(pair, name, to),
  ]);
  const isPublished = 'version' in wanted && wanted.version === 'latest';
  const said = version ?? (isPublished ? to.version : undefined);
  const green = withNames(to, said ?? after.version ?? to.version, change?.commit ?? after.commit);
  await rememberVersion(pair, name, green);
  if (from.ref === to.ref) return { from: green, to: green };
  return { from: withNames(from, before.version ?? from.version, before.commit), to: green };
};
